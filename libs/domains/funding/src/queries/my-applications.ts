import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type ApplicationData, type ApplicationState, type Holder, holderOf } from '../domain/application';
import type { CallState } from '../domain/call';
import { type Condition, type ConditionResult, match } from '../domain/eligibility';
import { ownEnterprise } from '../persistence/enterprise.repository';

export interface MyApplication {
  id: string;
  callId: string;
  callTitle: string;
  callState: CallState;
  closesAt: Date;
  answerBy: string;
  state: ApplicationState;
  data: ApplicationData;
  receipt: string | null;
  submittedAt: Date | null;
  correctionDue: string | null;
  department: string;
  /** Who has it now. */
  holder: Holder;
}

export interface HistoryEntry {
  what: string;
  note: string;
  who: string;
  at: Date;
}

export interface MyApplicationPage extends MyApplication {
  history: HistoryEntry[];
  reroute: { callId: string; title: string; closesAt: Date } | null;
}

const COLUMNS = `a.id, a.call_id AS "callId", c.title AS "callTitle", c.state AS "callState", least(c.closes_at, c.intake_ends_at) AS "closesAt", c.answer_by::text AS "answerBy", a.state, a.data, a.receipt,
  a.submitted_at AS "submittedAt", a.correction_due::text AS "correctionDue", d.short_name AS department`;
const FROM = `FROM fund_application a JOIN funding_call c ON c.city_id = a.city_id AND c.id = a.call_id JOIN department d ON d.city_id = a.city_id AND d.id = a.tenant_id`;

const withHolder = <R extends Omit<MyApplication, 'holder'>>(row: R): R & { holder: Holder } => ({ ...row, holder: holderOf(row.state, row.callState) });

/** The applications of the enterprise for which the person acts, newest first. */
export async function listMyApplications(tx: TenantTx): Promise<MyApplication[]> {
  const enterprise = await ownEnterprise(tx);
  const rows = await tx.query<Omit<MyApplication, 'holder'>>(
    `SELECT ${COLUMNS} ${FROM} WHERE a.city_id = $1 AND a.enterprise_id = $2 ORDER BY a.created_at DESC LIMIT 100`, [tx.cityId, enterprise.id]);
  return rows.map(withHolder);
}

/** One of them, with everything that has happened to it. */
export async function readMyApplication(tx: TenantTx, id: string): Promise<MyApplicationPage> {
  const enterprise = await ownEnterprise(tx);
  if (!isId(id)) throw DomainError.notFound();
  const [row] = await tx.query<Omit<MyApplication, 'holder'> & { reroute: (Omit<NonNullable<MyApplicationPage['reroute']>, 'closesAt'> & { closesAt: string }) | null }>(
    `SELECT ${COLUMNS},
       (SELECT json_build_object('callId', t.id, 'title', t.title, 'closesAt', least(t.closes_at, t.intake_ends_at)) FROM funding_call t WHERE t.city_id = $1 AND t.id = a.reroute_call_id) AS reroute
     ${FROM} WHERE a.city_id = $1 AND a.id = $2 AND a.enterprise_id = $3`, [tx.cityId, id, enterprise.id]);
  if (!row) throw DomainError.notFound();
  const reroute = row.reroute && { ...row.reroute, closesAt: new Date(row.reroute.closesAt) };
  return { ...withHolder(row), reroute, history: await historyOf(tx, id) };
}

/** What has happened to an application, oldest first. */
export function historyOf(tx: TenantTx, applicationId: string): Promise<HistoryEntry[]> {
  return tx.query<HistoryEntry>(
    `SELECT what, note, actor_name AS who, at FROM fund_application_history WHERE city_id = $1 AND application_id = $2 ORDER BY seq`, [tx.cityId, applicationId]);
}

/** The enterprise's live application in a call, if there is one. */
export async function myApplicationIn(tx: TenantTx, callId: string): Promise<{ id: string; state: ApplicationState; data: ApplicationData } | null> {
  const enterprise = await ownEnterprise(tx);
  const [row] = await tx.query<{ id: string; state: ApplicationState; data: ApplicationData }>(
    `SELECT id, state, data FROM fund_application WHERE city_id = $1 AND call_id = $2 AND enterprise_id = $3 AND state <> 'withdrawn'`, [tx.cityId, callId, enterprise.id]);
  return row ?? null;
}

/** How the enterprise stands to the conditions of a call by what the register says today. */
export async function myMatch<C extends Condition>(tx: TenantTx, conditions: readonly C[]): Promise<(C & ConditionResult)[]> {
  const enterprise = await ownEnterprise(tx);
  return match(conditions, enterprise.facts).map((result, index) => ({ ...conditions[index]!, ...result }));
}
