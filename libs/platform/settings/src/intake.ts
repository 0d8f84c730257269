/** Most posts of ten minutes. */
export interface IntakeLimits {
  /** Of one account. */
  account: number;
  /** Of everybody unnamed behind one address: a library or an enterprise may have only one. */
  network: number;
  /** Of those who answer the question in words instead of letting their browser work, from one address. */
  question: number;
  /** Of one consultation, whoever sends them. */
  consultation: number;
}

export interface IntakeSettings {
  /** Leading zero bits that a browser has to find in quiet times; each bit doubles the work. */
  workBits: number;
  limits: IntakeLimits;
}

const LIMITS: IntakeLimits = { account: 20, network: 120, question: 20, consultation: 6000 };
const MOST = 10_000_000;

/** `INTAKE_WORK_BITS` (0 to 22) and `INTAKE_LIMITS` (`network=500,account=50`; what is not named stays as it is). */
export function readIntake(env: NodeJS.ProcessEnv): IntakeSettings {
  const workBits = Number(env['INTAKE_WORK_BITS'] || 18);
  if (!Number.isInteger(workBits) || workBits < 0 || workBits > 22) throw new Error(`INTAKE_WORK_BITS is not a whole number from 0 to 22: ${env['INTAKE_WORK_BITS']}`);
  const limits = { ...LIMITS };
  for (const part of (env['INTAKE_LIMITS'] ?? '').split(',').filter(Boolean)) {
    const [name = '', value] = part.split('=').map((word) => word.trim());
    const posts = Number(value);
    if (!Object.hasOwn(limits, name) || !Number.isInteger(posts) || posts < 1 || posts > MOST) throw new Error(`INTAKE_LIMITS has a part that is no limit: ${part}`);
    limits[name as keyof IntakeLimits] = posts;
  }
  return { workBits, limits };
}
