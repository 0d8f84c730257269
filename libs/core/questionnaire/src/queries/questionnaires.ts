import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { Definition } from '../domain/definition';

export interface QuestionnaireRow {
  id: string;
  tenantId: string;
  title: string;
  definition: Definition;
  state: 'draft' | 'live' | 'closed';
  /** Last part of its public address. */
  token: string;
  createdAt: Date;
  liveAt: Date | null;
  closedAt: Date | null;
  rowVersion: number;
}

/** Columns of `questionnaire q` as a `QuestionnaireRow`. */
export const QUESTIONNAIRE_COLUMNS = `q.id, q.tenant_id AS "tenantId", q.title, q.definition, q.state, q.token, q.created_at AS "createdAt", q.live_at AS "liveAt", q.closed_at AS "closedAt", q.row_version AS "rowVersion"`;

/** A questionnaire that the actor may see, locked for a change; or "not found". */
export async function lockQuestionnaire(tx: TenantTx, id: string): Promise<QuestionnaireRow> {
  const [row] = isId(id) ? await tx.query<QuestionnaireRow>(`SELECT ${QUESTIONNAIRE_COLUMNS} FROM questionnaire q WHERE q.city_id = $1 AND q.id = $2 FOR UPDATE`, [tx.cityId, id]) : [];
  if (!row) throw DomainError.notFound();
  return row;
}
