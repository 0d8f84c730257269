import { chinaDate, sha256Hex } from '@platform/kernel';

/** Crockford's base 32: no I, L, O, U, which people misread. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 20;

export interface Receipt {
  /** `YJ20260301-7K3M9QXT`: may be quoted in public. */
  receiptNo: string;
  /** `7K3M-9QXT-…`, one hundred bits: whoever has it may see the state and the answer. Only its hash is stored. */
  code: string;
}

/**
 * The receipt of an opinion follows from the consultation's salt and the sender's idempotency key: a repeated post gives the same receipt, though the
 * code itself is stored nowhere.
 */
export function receiptFor(salt: string, idempotencyKey: string, receivedAt: Date): Receipt {
  // Hashed twice with the secret, as in HMAC (RFC 2104), so that no receipt tells anything about another.
  const bytes = (purpose: string): string[] => sha256Hex(`${salt}\n${sha256Hex(`${salt}\n${purpose}\n${idempotencyKey}`)}`).match(/../g) ?? [];
  const letters = (purpose: string, length: number): string => bytes(purpose).slice(0, length).map((byte) => ALPHABET.charAt(Number.parseInt(byte, 16) % 32)).join('');
  return {
    receiptNo: `YJ${chinaDate(receivedAt).replaceAll('-', '')}-${letters('number', 8)}`,
    code: (letters('code', CODE_LENGTH).match(/.{4}/g) ?? []).join('-'),
  };
}

/** The hash under which a code is looked up; forgiving of case, spaces, dashes and the letters that look alike. Null for what cannot be a code. */
export function receiptCodeHash(code: string): string | null {
  const plain = code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return plain.length === CODE_LENGTH && [...plain].every((letter) => ALPHABET.includes(letter)) ? sha256Hex(`receipt\n${plain}`) : null;
}
