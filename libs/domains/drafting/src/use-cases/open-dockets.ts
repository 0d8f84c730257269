import type { Docket, DocketRule, PolicyRow, VersionRow } from '@core/policy';
import { deadline, type Effective, effectiveParameters, isInForce } from '@core/statutes';
import { chinaDate, DomainError, type IsoDate, newId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import type { TenantTx } from '@platform/persistence';
import type { BasisPeriod } from '../domain/dockets';
import { DOCKET_OPENED } from '../drafting.events';
import { type Procedure, procedureOf } from '../persistence/procedure';
import { attachments, dockets } from '../persistence/repositories';

/** The reckoning, without a day where the holiday notice of the year is not out yet: a date is never guessed. */
function reckon(from: IsoDate, days: number): Pick<BasisPeriod, 'due' | 'skipped'> {
  try {
    const { due, skipped } = deadline({ from, days, unit: 'wd' });
    return { due, skipped };
  } catch (error) {
    if (error instanceof DomainError && error.key === 'statutes:error.noCalendar') return { due: null, skipped: [] };
    throw error;
  }
}

/**
 * The parameters of these steps as they hold for the department today, with what the city and the department set where the law leaves room. One that is
 * not in force yet is left out: what is opened before a rule is not judged by it.
 */
async function parametersOf(tx: TenantTx, rules: readonly DocketRule[], today: IsoDate, tenantId: string): Promise<Map<string, Effective>> {
  const ids = [...new Set(rules.flatMap(({ parameters, period }) => [...parameters, ...(period ? [period.parameter] : [])]))].filter((id) => isInForce(id, today));
  const found = await effectiveParameters(tx, ids, today, tenantId);
  return new Map(found.map((one) => [one.id, one as Effective]));
}

/** The period that a rule sets for a docket opened on a day; none in an emergency, which the rules except. */
function periodOf(rule: DocketRule, { facts }: Procedure, from: IsoDate, parameters: ReadonlyMap<string, Effective>): BasisPeriod | null {
  if (!rule.period || facts.emergency) return null;
  const found = parameters.get(rule.period.parameter);
  if (!found) return null;
  const days = (found.value as { min?: number; max?: number })[rule.period.take];
  if (days === undefined) return null;
  return { parameter: found.id, days, unit: 'wd', from, ...reckon(from, days), blocks: found.mayBlock && rule.period.take === 'min' };
}

/**
 * Opens those of these dockets that the policy's procedure has, for one submitted version; one that passed for the same text need not be passed again.
 * Each keeps the rule pack, the facts, the parameters and the files that it was opened with.
 */
export async function openDockets(tx: TenantTx, policy: PolicyRow, version: VersionRow, wanted: (kind: Docket) => boolean): Promise<void> {
  const textHash = version.textHash ?? '';
  const passed = await dockets.find(tx, { policyId: policy.id, textHash, outcome: 'passed' });
  const procedure = await procedureOf(tx, policy);
  const files = (await attachments.find(tx, { policyId: policy.id })).map(({ id }) => id);
  const today = chinaDate(tx.at);
  const opening = procedure.steps.filter(({ kind }) => wanted(kind) && !passed.some((docket) => docket.kind === kind));
  const parameters = await parametersOf(tx, opening, today, policy.tenantId);
  for (const rule of opening) {
    const id = newId();
    const period = periodOf(rule, procedure, today, parameters);
    await dockets.insert(tx, {
      id, tenantId: policy.tenantId, policyId: policy.id, versionId: version.id, kind: rule.kind, textHash, openedBy: tx.actor.accountId ?? '', openedAt: tx.at,
      dueOn: period?.due ?? null, minDueOn: period?.blocks ? period.due : null, dueArticle: rule.article,
      basis: {
        pack: procedure.pack.id, packVersion: procedure.pack.version, facts: procedure.facts, period, attachments: files,
        parameters: rule.parameters.flatMap((name) => parameters.get(name) ?? []).map(({ id: name, value, source }) => ({ id: name, value, source: source.zh })),
      },
      reviewerId: null, reviewerTenantId: null, assignedBy: null, assignedAt: null, assignedReason: '', record: {},
      outcome: null, opinion: '', minutes: '', votesFor: null, votesAgainst: null, votesAbstain: null, dissent: '', signedAt: null, rowVersion: 1,
    });
    await emit(tx, { type: DOCKET_OPENED, tenantId: policy.tenantId, payload: { policyId: policy.id, docketId: id } });
  }
}
