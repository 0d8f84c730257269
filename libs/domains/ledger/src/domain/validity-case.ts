import type { NamedClause } from '@core/policy';
import { type FieldError, isDay, type IsoDate } from '@platform/kernel';

export type ValidityCaseKind = 'extend' | 'partial_repeal';
export type CaseDecision = 'approve' | 'refuse';

/** What a drafter proposes; `newTo` of an extension, `clauses` (identities) and `effectOn` of a partial repeal. */
export interface ValidityProposal {
  kind: ValidityCaseKind;
  reason: string;
  newTo: IsoDate | null;
  clauses: readonly string[];
  effectOn: IsoDate | null;
}

/** The policy as the proposal finds it. */
export interface ValidityGround {
  today: IsoDate;
  effectiveFrom: IsoDate;
  effectiveTo: IsoDate | null;
  /** Articles of the text in force, and which of them are repealed already, on whatever day. */
  articles: readonly NamedClause[];
  repealed: ReadonlySet<string>;
  /** A published evaluation has concluded that the policy goes on. */
  evaluated: boolean;
}

/** What is wrong with a proposal; asked again when it is decided, as days pass and others decide meanwhile. */
export function proposalFaults({ kind, reason, newTo, clauses, effectOn }: ValidityProposal, ground: ValidityGround): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (field: string, key: string): void => {
    faults.push({ field, key: `ledger-log:error.${key}` });
  };
  if (!reason.trim()) fault('caseReason', 'reasonNeeded');
  if (kind === 'extend') {
    if (ground.effectiveTo === null) fault('newTo', 'noEnd');
    else if (ground.effectiveTo < ground.today) fault('newTo', 'lapsed');
    else if (!newTo || !isDay(newTo)) fault('newTo', 'dayNeeded');
    else if (newTo <= ground.effectiveTo) fault('newTo', 'notLater');
    if (!ground.evaluated) fault('newTo', 'notEvaluated');
    return faults;
  }
  const known = new Set(ground.articles.map(({ identity }) => identity));
  const chosen = new Set(clauses);
  if (chosen.size === 0) fault('clauses', 'clausesNeeded');
  else if ([...chosen].some((one) => !known.has(one) || ground.repealed.has(one))) fault('clauses', 'clauseGone');
  else if (ground.articles.every(({ identity }) => chosen.has(identity) || ground.repealed.has(identity))) fault('clauses', 'allClauses');
  if (!effectOn || !isDay(effectOn)) fault('effectOn', 'dayNeeded');
  else if (effectOn < ground.today) fault('effectOn', 'inPast');
  else if (effectOn < ground.effectiveFrom || (ground.effectiveTo !== null && effectOn > ground.effectiveTo)) fault('effectOn', 'notInForce');
  return faults;
}
