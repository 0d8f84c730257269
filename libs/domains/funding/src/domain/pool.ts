import type { PoolEntry, Recusal } from './draw';

export interface Candidate {
  expertId: string;
  code: string;
  field: string;
  employerCode: string;
  /** Credit codes with which the expert had to do in the last three years (政府采购法实施条例 §9, by analogy). */
  ties: readonly string[];
}

/**
 * Parts the candidates into those who may be drawn, in the order of their codes and numbered, and those who must stand aside: their employer
 * or a tie is an applicant, or somebody declared a reason.
 */
export function formPool(candidates: readonly Candidate[], applicantCodes: ReadonlySet<string>, declared: ReadonlyMap<string, string>): { pool: PoolEntry[]; recusals: Recusal[] } {
  const pool: PoolEntry[] = [];
  const recusals: Recusal[] = [];
  const ordered = [...candidates].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  for (const { expertId, code, field, employerCode, ties } of ordered) {
    const reason = applicantCodes.has(employerCode) ? 'employer' : ties.some((tie) => applicantCodes.has(tie)) ? 'tie' : declared.get(expertId);
    if (reason) recusals.push({ expertId, code, reason });
    else pool.push({ no: pool.length + 1, expertId, code, field });
  }
  return { pool, recusals };
}
