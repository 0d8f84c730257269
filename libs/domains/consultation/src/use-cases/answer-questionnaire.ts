import { type Answers, type Definition, mapTexts, ownWords, type RawAnswers, readAnswers, recordResponse, renderAnswers } from '@core/questionnaire';
import { type Actor, DomainError, newId, sha256Hex, systemActor } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { OPINION_POSTED, type OpinionPosted } from '../consultation.events';
import type { Stance } from '../domain/figures';
import { MAX_OPINION, optionalText, requiredText } from '../domain/opinion-text';
import { heedPersonal, maskPersonal, type PersonalChoice } from '../domain/personal-data';
import { type StanceRule, stanceOf } from '../domain/questionnaire-stance';
import { receiptCodeHash, receiptFor } from '../domain/receipt';
import { assertCommentable, authorOf, pgError, type PostedOpinion, type Window } from './post-opinion';

export interface AnswerInput {
  /** Fields and values as the form sent them; see `readAnswers`. */
  answers: RawAnswers;
  /** Ids of the questions that the form showed; null where the sender has no form. */
  shown: readonly string[] | null;
  personalData?: PersonalChoice | undefined;
  /** The name that somebody who is not signed in gives, for the department. */
  name?: string | undefined;
  /** As `PostOpinionInput.idempotencyKey`. */
  idempotencyKey: string;
}

interface Asked extends Omit<Window, 'clause'> {
  id: string;
  consultation_id: string;
  title: string;
  definition: Definition;
  stance: StanceRule | null;
  questionnaire_state: string;
}

/** A response as it goes into the register. */
interface Content {
  answers: Answers;
  text: string;
  ownWords: string;
  stance: Stance;
}

/**
 * Takes an answered questionnaire: the response, and the opinion that it is, in one transaction and within the consultation's window (ADR 0024). The
 * opinion's text is the whole of question and answer as people read it, so that the published root is over what was answered.
 */
@Injectable()
export class AnswerQuestionnaire {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Answers the receipt; its code is shown this once. Refuses `invalid` with every field that is wrong, and for personal data of which the sender has
   * not said what to do; `conflict` outside the window, once the questionnaire is closed, for a second answer of an account (a withdrawn one counts), and
   * for a key that came with other answers before.
   */
  async run(actor: Actor, token: string, input: AnswerInput): Promise<PostedOpinion> {
    const key = requiredText(input.idempotencyKey, 'idempotencyKey', 200);
    if (key.length < 16) throw DomainError.invalid('consultation:error.key', [{ field: 'idempotencyKey', key: 'consultation:error.key' }]);
    const name = optionalText(input.name, 'name', 100);
    let content: Content | undefined;
    try {
      return await this.unitOfWork.run(actor, async (tx) => {
        const asked = await lockAsked(tx, token);
        content = contentOf(asked, input);
        return store(tx, asked, content, key, name);
      });
    } catch (error) {
      const { code, constraint = '' } = pgError(error);
      if (code === 'PLC01') throw DomainError.conflict('consultation:error.notOpen');
      if (code === '23001' && constraint === 'questionnaire_response_live') throw DomainError.conflict('questionnaire:error.notLive');
      if (code !== '23505' || !content || !/idempotency|questionnaire_response_once/.test(constraint)) throw error;
      const posted = await this.again(actor.cityId, token, content, key);
      if (posted) return posted;
      throw DomainError.conflict(constraint === 'questionnaire_response_once' ? 'questionnaire:error.answeredAlready' : 'consultation:error.keyReused');
    }
  }

  /** The receipt of what came with this key before, or null. Whoever knows the key is its sender, so it is looked up as the machinery. */
  private again(cityId: string, token: string, content: Content, key: string): Promise<PostedOpinion | null> {
    return this.unitOfWork.run(systemActor(cityId), async (tx) => {
      const [row] = await tx.query<{ id: string; text: string; stance: Stance; received_at: Date; receipt_salt: string }>(
        `SELECT o.id, o.text, o.stance, o.received_at, c.receipt_salt FROM questionnaire q
         JOIN questionnaire_response r ON r.city_id = q.city_id AND r.questionnaire_id = q.id AND r.idempotency_key = $3
         JOIN opinion o ON o.city_id = r.city_id AND o.response_id = r.id JOIN consultation c ON c.city_id = o.city_id AND c.id = o.consultation_id
         WHERE q.city_id = $1 AND q.token = $2`, [cityId, token, sha256Hex(key)]);
      if (!row || row.text !== content.text || row.stance !== content.stance) return null;
      return { opinionId: row.id, receivedAt: row.received_at, ...receiptFor(row.receipt_salt, key, row.received_at) };
    });
  }
}

/** The questionnaire of a link, with its consultation locked `FOR SHARE`, so that a close waits; the questionnaire itself is locked by its trigger. */
async function lockAsked(tx: TenantTx, token: string): Promise<Asked> {
  const [asked] = /^[0-9a-z]{10}$/.test(token) ? await tx.query<Asked>(
    `SELECT q.id, q.title, q.definition, q.state AS questionnaire_state, l.stance, c.id AS consultation_id, c.tenant_id, c.version_id, c.receipt_salt, c.state, c.opens_at, c.closes_at
     FROM questionnaire q JOIN consultation_questionnaire l ON l.city_id = q.city_id AND l.questionnaire_id = q.id AND l.is_public JOIN consultation c ON c.city_id = l.city_id AND c.id = l.consultation_id
     WHERE q.city_id = $1 AND q.token = $2 FOR SHARE OF c`, [tx.cityId, token]) : [];
  if (!asked) throw DomainError.notFound();
  if (tx.actor.tenantId !== null) throw DomainError.forbidden('consultation:error.staffPost');
  assertCommentable(asked, tx.at);
  if (asked.questionnaire_state !== 'live') throw DomainError.conflict('questionnaire:error.notLive');
  return asked;
}

function contentOf({ title, definition, stance }: Asked, input: AnswerInput): Content {
  const read = readAnswers(definition, input.answers, optionalText, input.shown && new Set(input.shown));
  if (Object.keys(read).length === 0) throw DomainError.invalid('questionnaire:error.nothing');
  heedPersonal(ownWords(definition, read), input.personalData);
  const answers = input.personalData === 'remove' ? mapTexts(read, maskPersonal) : read;
  return { answers, text: requiredText(renderAnswers(title, definition, answers), 'text', MAX_OPINION), ownWords: ownWords(definition, answers), stance: stanceOf(stance, answers) };
}

async function store(tx: TenantTx, asked: Asked, content: Content, key: string, name: string | null): Promise<PostedOpinion> {
  const { id, tenant_id: tenantId, consultation_id: consultationId } = asked;
  const responseId = await recordResponse(tx, { id, tenantId }, { answers: content.answers, keyHash: sha256Hex(key) });
  const opinionId = newId();
  const receipt = receiptFor(asked.receipt_salt, key, tx.at);
  const author = authorOf(tx.actor, name);
  await tx.query(
    `INSERT INTO opinion (city_id, id, tenant_id, consultation_id, version_id, channel, author_account_id, author_kind, author_name, public_name, text, own_words, response_id, stance,
       receipt_no, receipt_code_hash, idempotency_key, received_at, moderation)
     VALUES ($1, $2, $3, $4, $5, 'questionnaire', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'shown')`,
    [tx.cityId, opinionId, tenantId, consultationId, asked.version_id, tx.actor.accountId, author.kind, author.name, author.publicName, content.text, content.ownWords, responseId, content.stance,
      receipt.receiptNo, receiptCodeHash(receipt.code), sha256Hex(key), tx.at]);
  const payload: OpinionPosted = { opinionId, consultationId };
  await emit(tx, { type: OPINION_POSTED, tenantId, payload });
  recordAudit(tx, { action: 'consultation.opinion_posted', subjectType: 'opinion', subjectId: opinionId, tenantId, details: { consultationId, questionnaireId: id, responseId } });
  return { opinionId, receivedAt: tx.at, ...receipt };
}
