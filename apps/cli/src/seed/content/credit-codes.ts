import { creditCodeCheckDigit } from '@platform/kernel';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** The check character of an eight-character organisation code (GB 11714): 11 − Σ(value × weight) mod 11, X for ten. */
function organisationCheck(body: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + ALPHABET.indexOf(body.charAt(at)) * weight, 0);
  return '0123456789X'.charAt((11 - (sum % 11)) % 11);
}

/**
 * A valid code of an organisation that does not exist: its region is a city that does not exist, and its organisation code begins with DEM0.
 *
 * @param kind 91 an enterprise, 12 a public institution, 51 a social organisation
 * @param region six digits
 * @param serial 1 to 9999
 */
export function fictitiousCreditCode(kind: '91' | '12' | '51', region: string, serial: number): string {
  const organisation = `DEM0${String(serial).padStart(4, '0')}`;
  const first17 = `${kind}${region}${organisation}${organisationCheck(organisation)}`;
  return first17 + creditCodeCheckDigit(first17);
}
