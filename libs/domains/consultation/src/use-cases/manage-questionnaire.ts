import { closeQuestionnaire, createQuestionnaire, type Definition, type DefinitionEdit, editDefinition, goLive, LIMITS, lockQuestionnaire, type QuestionnaireRow, saveDraft } from '@core/questionnaire';
import { type Actor, DomainError, isId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { MAX_OPINION, optionalText, requiredText } from '../domain/opinion-text';
import { fittingRule, type StanceRule } from '../domain/questionnaire-stance';
import type { ConsultationRow } from '../persistence/consultation.entity';
import { consultations } from '../persistence/repositories';

interface Held {
  consultation: ConsultationRow;
  row: QuestionnaireRow;
  stance: StanceRule | null;
}

/** Makes a questionnaire for an open consultation, puts it before the public and ends it. Once live it never changes: a mistake is closed, and asked again in a new one. */
@Injectable()
export class ManageQuestionnaire {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Answers the id of an empty draft. */
  create(actor: Actor, consultationId: string, input: { title: string }): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const consultation = await consultations.lockForShare(tx, consultationId);
      assertCan(tx.actor, 'consultation.ask', consultation);
      requireOpen(consultation, tx.at);
      const id = await createQuestionnaire(tx, requiredText(input.title, 'title', LIMITS.title));
      await tx.query(
        'INSERT INTO consultation_questionnaire (city_id, questionnaire_id, tenant_id, consultation_id, version_id) VALUES ($1, $2, $3, $4, $5)',
        [tx.cityId, id, consultation.tenantId, consultation.id, consultation.versionId]);
      return { id };
    });
  }

  /** One edit of the draft; `seen` is the version that the person had before them. */
  edit(actor: Actor, consultationId: string, id: string, seen: number, edit: DefinitionEdit): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { row, stance } = await hold(tx, consultationId, id, 'share');
      const definition = editDefinition(row.definition, edit, optionalText);
      await save(tx, row, seen, { title: row.title, definition, stance });
    });
  }

  /** Title, introduction, and which question tells the stance. */
  describe(actor: Actor, consultationId: string, id: string, seen: number, input: { title: string; intro: string; stance: StanceRule | null }): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { row } = await hold(tx, consultationId, id, 'share');
      const definition = editDefinition(row.definition, { act: 'intro', intro: input.intro }, optionalText);
      await save(tx, row, seen, { title: requiredText(input.title, 'title', LIMITS.title), definition, stance: input.stance });
    });
  }

  /** Refuses while something is wrong with it, and a second live one beside another. */
  goLive(actor: Actor, consultationId: string, id: string, seen: number): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { consultation, row } = await hold(tx, consultationId, id, 'update');
      requireOpen(consultation, tx.at);
      const [other] = await tx.query(
        `SELECT 1 FROM consultation_questionnaire l JOIN questionnaire q ON q.city_id = l.city_id AND q.id = l.questionnaire_id WHERE l.city_id = $1 AND l.consultation_id = $2 AND q.state = 'live' AND q.id <> $3`,
        [tx.cityId, consultation.id, row.id]);
      if (other) throw DomainError.conflict('questionnaire:error.otherLive');
      await goLive(tx, row, seen, MAX_OPINION);
      await tx.query('UPDATE consultation_questionnaire SET is_public = true WHERE city_id = $1 AND questionnaire_id = $2', [tx.cityId, row.id]);
    });
  }

  close(actor: Actor, consultationId: string, id: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => closeQuestionnaire(tx, (await hold(tx, consultationId, id, 'share')).row));
  }
}

/** Consultation first, then the questionnaire, as responses lock them. */
async function hold(tx: TenantTx, consultationId: string, id: string, lock: 'share' | 'update'): Promise<Held> {
  if (!isId(id)) throw DomainError.notFound();
  const consultation = lock === 'share' ? await consultations.lockForShare(tx, consultationId) : await consultations.lockForUpdate(tx, consultationId);
  assertCan(tx.actor, 'consultation.ask', consultation);
  const [link] = await tx.query<{ stance: StanceRule | null }>(
    'SELECT stance FROM consultation_questionnaire WHERE city_id = $1 AND questionnaire_id = $2 AND consultation_id = $3', [tx.cityId, id, consultation.id]);
  if (!link) throw DomainError.notFound();
  return { consultation, row: await lockQuestionnaire(tx, id), stance: link.stance };
}

async function save(tx: TenantTx, row: QuestionnaireRow, seen: number, { title, definition, stance }: { title: string; definition: Definition; stance: StanceRule | null }): Promise<void> {
  await saveDraft(tx, row, seen, { title, definition });
  const fitting = fittingRule(definition, stance);
  await tx.query('UPDATE consultation_questionnaire SET stance = $3 WHERE city_id = $1 AND questionnaire_id = $2', [tx.cityId, row.id, fitting && JSON.stringify(fitting)]);
}

function requireOpen({ state, closesAt }: ConsultationRow, at: Date): void {
  if (state !== 'open' || at >= closesAt) throw DomainError.conflict('consultation:error.alreadyClosed');
}
