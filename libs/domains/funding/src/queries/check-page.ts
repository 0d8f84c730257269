import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type ConditionResult, match } from '../domain/eligibility';
import type { ApplicationRow } from '../persistence/application.entity';
import type { CallRow } from '../persistence/call.entity';
import { enterprisesById } from '../persistence/enterprise.repository';
import { applications, calls } from '../persistence/repositories';
import { articleOf, clauseNames } from './clauses';
import { historyOf, type HistoryEntry } from './my-applications';

export interface CheckPage {
  call: CallRow;
  application: ApplicationRow;
  enterprise: { name: string; creditCode: string };
  conditions: (ConditionResult & { article: string; index: number })[];
  history: HistoryEntry[];
  /** Other calls of the city that take applications now. */
  targets: { id: string; title: string; department: string }[];
}

/** What a fund manager has before them when checking one application. */
export async function readCheckPage(tx: TenantTx, callId: string, applicationId: string): Promise<CheckPage> {
  const application = await applications.require(tx, applicationId);
  const call = await calls.require(tx, application.callId);
  if (application.callId !== callId || (call.tenantId !== tx.actor.tenantId && tx.actor.scope !== 'city')) throw DomainError.notFound();
  const names = await clauseNames(tx, call.policyId);
  const enterprise = (await enterprisesById(tx, [application.enterpriseId])).get(application.enterpriseId)!;
  const targets = await tx.query<CheckPage['targets'][number]>(
    `SELECT c.id, c.title, d.short_name AS department FROM funding_call c JOIN department d ON d.city_id = c.city_id AND d.id = c.tenant_id
     WHERE c.city_id = $1 AND c.state = 'open' AND c.opens_at <= $2 AND least(c.closes_at, c.intake_ends_at) > $2 AND c.id <> $3 ORDER BY c.closes_at LIMIT 50`, [tx.cityId, tx.at, call.id]);
  return {
    call, application, enterprise: { name: enterprise.name, creditCode: enterprise.creditCode },
    conditions: match(call.conditions, application.facts).map((result, index) => ({ ...result, index, article: articleOf(names, result.clause) })),
    history: await historyOf(tx, application.id), targets,
  };
}
