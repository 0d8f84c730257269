import { randomBytes, randomUUID } from 'node:crypto';
import { recordAudit } from '@platform/audit';
import { canonicalJson, chinaDate, chinaInstant, DomainError, newId, sha256Hex } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { Answers } from '../domain/branching';
import { checkDefinition } from '../domain/check-definition';
import type { Definition } from '../domain/definition';
import { emptyDefinition } from '../domain/edit-definition';
import { longestRendering } from '../domain/render';
import type { QuestionnaireRow } from '../queries/questionnaires';

/** Crockford's base 32 in small letters: read aloud and typed from a poster without mistakes. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TOKEN_LENGTH = 10;

/** Fifty random bits: enough that no draft's link is guessed before it is live, when the link is public anyway. */
const newToken = (): string => [...randomBytes(TOKEN_LENGTH)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');

/** A draft of the actor's department without questions. Whoever may do this has been asked by the domain that uses it. */
export async function createQuestionnaire(tx: TenantTx, title: string): Promise<string> {
  const { tenantId } = tx.actor;
  if (tenantId === null) throw DomainError.forbidden();
  const id = newId();
  await tx.query(
    `INSERT INTO questionnaire (city_id, id, tenant_id, title, definition, state, token, created_by, created_at) VALUES ($1, $2, $3, $4, $5, 'draft', $6, $7, $8)`,
    [tx.cityId, id, tenantId, title, JSON.stringify(emptyDefinition()), newToken(), tx.actor.accountId, tx.at]);
  audit(tx, 'created', id, tenantId, {});
  return id;
}

/** Saves a draft that the transaction holds locked; `seen` is the version that the person had before them. */
export async function saveDraft(tx: TenantTx, row: QuestionnaireRow, seen: number, { title, definition }: { title: string; definition: Definition }): Promise<void> {
  requireState(row, 'draft');
  if (row.rowVersion !== seen) throw DomainError.conflict('common:error.changedMeanwhile');
  await tx.query('UPDATE questionnaire SET title = $3, definition = $4, row_version = row_version + 1 WHERE city_id = $1 AND id = $2', [tx.cityId, row.id, title, JSON.stringify(definition)]);
  audit(tx, 'saved', row.id, row.tenantId, { hash: sha256Hex(canonicalJson({ title, definition })) });
}

/**
 * Puts a draft before the public; from now on it never changes.
 *
 * @param longest most characters that the fullest answer may have as text: refused here, so that nobody is refused after answering
 * @throws DomainError invalid `questionnaire:error.faults`, `questionnaire:error.tooLong`
 */
export async function goLive(tx: TenantTx, row: QuestionnaireRow, seen: number, longest: number): Promise<void> {
  requireState(row, 'draft');
  if (row.rowVersion !== seen) throw DomainError.conflict('common:error.changedMeanwhile');
  const faults = checkDefinition(row.definition);
  if (faults.length > 0) throw DomainError.invalid('questionnaire:error.faults', [], { count: faults.length });
  const length = longestRendering(row.title, row.definition);
  if (length > longest) throw DomainError.invalid('questionnaire:error.tooLong', [], { length, max: longest });
  await tx.query(`UPDATE questionnaire SET state = 'live', live_at = $3, row_version = row_version + 1 WHERE city_id = $1 AND id = $2`, [tx.cityId, row.id, tx.at]);
  audit(tx, 'went_live', row.id, row.tenantId, { hash: sha256Hex(canonicalJson({ title: row.title, definition: row.definition })) });
}

/** Takes no more responses, for good. */
export async function closeQuestionnaire(tx: TenantTx, row: QuestionnaireRow): Promise<void> {
  requireState(row, 'live');
  await tx.query(`UPDATE questionnaire SET state = 'closed', closed_at = $3, row_version = row_version + 1 WHERE city_id = $1 AND id = $2`, [tx.cityId, row.id, tx.at]);
  audit(tx, 'closed', row.id, row.tenantId, {});
}

/**
 * Writes a response down; the database refuses it unless the questionnaire is live, and a second one of the same account or key. One that is kept `apart` from who
 * gave it has no account, an id that tells no time, and the day in place of the instant; whoever asks for that sees to it that the key leads nowhere either.
 */
export async function recordResponse(
  tx: TenantTx, { id, tenantId }: Pick<QuestionnaireRow, 'id' | 'tenantId'>, { answers, keyHash, apart = false }: { answers: Answers; keyHash: string; apart?: boolean },
): Promise<string> {
  const responseId = apart ? randomUUID() : newId();
  await tx.query(
    `INSERT INTO questionnaire_response (city_id, id, tenant_id, questionnaire_id, answers, account_id, idempotency_key, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.cityId, responseId, tenantId, id, JSON.stringify(answers), apart ? null : tx.actor.accountId, keyHash, apart ? chinaInstant(chinaDate(tx.at)) : tx.at]);
  return responseId;
}

function requireState({ state }: QuestionnaireRow, wanted: QuestionnaireRow['state']): void {
  if (state !== wanted) throw DomainError.conflict(wanted === 'draft' ? 'questionnaire:error.notDraft' : 'questionnaire:error.notLive');
}

const audit = (tx: TenantTx, what: string, subjectId: string, tenantId: string, details: Record<string, unknown>): void =>
  recordAudit(tx, { action: `questionnaire.${what}`, subjectType: 'questionnaire', subjectId, tenantId, details });
