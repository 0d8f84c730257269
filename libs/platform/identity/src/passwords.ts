import { Algorithm, hash, verify } from '@node-rs/argon2';

/** Argon2id with 19 MiB, two passes, one lane: the first choice of the OWASP password storage cheat sheet. */
const PARAMETERS = { algorithm: Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS);

export const passwordMatches = (stored: string, password: string): Promise<boolean> => verify(stored, password);

let decoy: Promise<string> | undefined;

/** Takes as long as a real check, so that the answer's time does not tell whether an account exists. */
export async function pretendToCheck(password: string): Promise<void> {
  decoy ??= hashPassword('no account has this password');
  await passwordMatches(await decoy, password);
}
