import type { Fen } from '@platform/kernel';

export interface Candidate {
  applicationId: string;
  askedFen: Fen;
}

export interface Ruling {
  applicationId: string;
  /** Nothing is a refusal. */
  amountFen: Fen;
  reason: string;
}

export type RulingFault = 'incomplete' | 'amount' | 'overAsked' | 'overMax' | 'reason' | 'overBudget';

/** Whether rulings can be signed: one for each application in review, none above what was asked and allowed, all together within the budget. */
export function rulingFault(rulings: readonly Ruling[], candidates: readonly Candidate[], call: { budgetFen: Fen; perAwardMaxFen: Fen }): RulingFault | null {
  const asked = new Map(candidates.map(({ applicationId, askedFen }) => [applicationId, askedFen]));
  const named = new Set(rulings.map(({ applicationId }) => applicationId));
  if (rulings.length !== candidates.length || named.size !== candidates.length || rulings.some(({ applicationId }) => !asked.has(applicationId))) return 'incomplete';
  for (const { applicationId, amountFen, reason } of rulings) {
    if (!Number.isSafeInteger(amountFen) || amountFen < 0) return 'amount';
    if (amountFen > asked.get(applicationId)!) return 'overAsked';
    if (amountFen > call.perAwardMaxFen) return 'overMax';
    if (reason.trim() === '') return 'reason';
  }
  return rulings.reduce((sum, { amountFen }) => sum + amountFen, 0) > call.budgetFen ? 'overBudget' : null;
}
