import { type Answers, type Definition, QUESTIONNAIRE_COLUMNS, type QuestionnaireRow, tabulate, type Tabulation } from '@core/questionnaire';
import { DomainError, isId } from '@platform/kernel';
import type { PublicReader, TenantTx } from '@platform/persistence';
import type { StanceRule } from '../domain/questionnaire-stance';
import { lastDayOf } from '../domain/window';

export interface StaffQuestionnaire extends QuestionnaireRow {
  stance: StanceRule | null;
  /** Answers until now, those taken back too. */
  responses: number;
}

const STAFF = `SELECT ${QUESTIONNAIRE_COLUMNS}, l.stance,
    (SELECT count(*)::integer FROM questionnaire_response r WHERE r.city_id = q.city_id AND r.questionnaire_id = q.id) AS responses
  FROM consultation_questionnaire l JOIN questionnaire q ON q.city_id = l.city_id AND q.id = l.questionnaire_id
  WHERE l.city_id = $1 AND l.consultation_id = $2 AND (l.tenant_id = $3 OR $4)`;

/** The questionnaires of a consultation of one's department, or of the city for who oversees it; newest first. */
export const staffQuestionnaires = (tx: TenantTx, consultationId: string): Promise<StaffQuestionnaire[]> =>
  tx.query<StaffQuestionnaire>(`${STAFF} ORDER BY q.created_at DESC, q.id DESC`, [tx.cityId, consultationId, tx.actor.tenantId, tx.actor.scope === 'city']);

/** One of them, or "not found". */
export async function readStaffQuestionnaire(tx: TenantTx, consultationId: string, id: string): Promise<StaffQuestionnaire> {
  const [row] = isId(consultationId) && isId(id)
    ? await tx.query<StaffQuestionnaire>(`${STAFF} AND q.id = $5`, [tx.cityId, consultationId, tx.actor.tenantId, tx.actor.scope === 'city', id]) : [];
  if (!row) throw DomainError.notFound();
  return row;
}

/** What the responses say that their authors have not taken back; hidden ones count, as they do in the figures of a result. */
export async function questionnaireResults(tx: TenantTx, consultationId: string, { id, definition }: Pick<QuestionnaireRow, 'id' | 'definition'>): Promise<Tabulation> {
  const rows = await tx.query<{ answers: Answers }>(
    `SELECT r.answers FROM opinion o JOIN questionnaire_response r ON r.city_id = o.city_id AND r.id = o.response_id
     WHERE o.city_id = $1 AND o.consultation_id = $2 AND r.questionnaire_id = $3 AND o.moderation <> 'withdrawn'`, [tx.cityId, consultationId, id]);
  return tabulate(definition, rows.map(({ answers }) => answers));
}

export interface PublicQuestionnaire {
  id: string;
  title: string;
  definition: Definition;
  token: string;
  consultationId: string;
  consultationTitle: string;
  department: string;
  /** Last day on which it is answered; the window's own end is exact to the second. */
  lastDay: string;
  /** Whether it takes answers at that instant. */
  open: boolean;
}

/** A questionnaire that is or was live, by its link; or "not found". */
export async function publicQuestionnaire(reader: PublicReader, cityId: string, token: string, now: Date): Promise<PublicQuestionnaire> {
  const [row] = /^[0-9a-z]{10}$/.test(token) ? await reader.query<PublicQuestionnaire & { state: string; consultationState: string; closesAt: Date }>(
    `SELECT q.id, q.title, q.definition, q.token, q.state, l.consultation_id AS "consultationId", c.title AS "consultationTitle", c.state AS "consultationState", c.closes_at AS "closesAt", d.name AS department
     FROM questionnaire q JOIN consultation_questionnaire l ON l.city_id = q.city_id AND l.questionnaire_id = q.id
     JOIN consultation c ON c.city_id = l.city_id AND c.id = l.consultation_id JOIN department d ON d.city_id = c.city_id AND d.id = c.tenant_id
     WHERE q.city_id = $1 AND q.token = $2`, [cityId, token]) : [];
  if (!row) throw DomainError.notFound();
  const { state, consultationState, closesAt, ...questionnaire } = row;
  return { ...questionnaire, lastDay: lastDayOf(closesAt), open: state === 'live' && consultationState === 'open' && now < closesAt };
}

export interface ListedQuestionnaire {
  title: string;
  token: string;
  state: 'live' | 'closed';
  /** Published with the consultation's result; null before. */
  results: Tabulation | null;
}

/** The questionnaires that a consultation has put before the public, oldest first. */
export const publicQuestionnairesOf = (reader: PublicReader, cityId: string, consultationId: string): Promise<ListedQuestionnaire[]> =>
  reader.query<ListedQuestionnaire>(
    `SELECT q.title, q.token, q.state, l.results FROM consultation_questionnaire l JOIN questionnaire q ON q.city_id = l.city_id AND q.id = l.questionnaire_id
     WHERE l.city_id = $1 AND l.consultation_id = $2 ORDER BY q.live_at, q.id`, [cityId, consultationId]);

/** Whether the person has answered it while signed in. */
export async function hasAnswered(tx: TenantTx, questionnaireId: string): Promise<boolean> {
  const [row] = await tx.query('SELECT 1 FROM questionnaire_response WHERE city_id = $1 AND questionnaire_id = $2 AND account_id = $3', [tx.cityId, questionnaireId, tx.actor.accountId]);
  return row !== undefined;
}
