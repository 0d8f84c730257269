/** The 31 characters of GB 32100-2015: digits and capitals without I, O, S, V, Z; a character's value is its place. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WELL_FORMED = new RegExp(`^[${ALPHABET}]{2}\\d{6}[${ALPHABET}]{9}$`);

/**
 * The check digit (18th character) of a unified social credit code (统一社会信用代码), from its first 17 characters.
 * GB 32100-2015: 31 − Σ(value × 3^(i−1) mod 31) mod 31. Throws RangeError if the 17 characters cannot begin a code.
 */
export function creditCodeCheckDigit(first17: string): string {
  if (!WELL_FORMED.test(first17)) throw new RangeError(`not the first 17 characters of a unified social credit code: ${first17}`);
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Whether a text is a unified social credit code: 18 characters, capitals, with the right check digit. */
export function isCreditCode(text: string): boolean {
  const body = text.slice(0, 17);
  return text.length === 18 && WELL_FORMED.test(body) && creditCodeCheckDigit(body) === text.charAt(17);
}
