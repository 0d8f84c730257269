import { randomBytes } from 'node:crypto';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, isId, sha256Hex, systemActor } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { holdSurvey } from './design-survey';

/** 160 random bits. */
const newToken = (): string => randomBytes(20).toString('base64url');
const BATCH = 500;

export interface SurveyLink {
  enterprise: string;
  creditCode: string;
  /** Whether the enterprise has an account, in whose tray the invitation lies too. */
  hasAccount: boolean;
  token: string;
}

/** Ways into a survey. Of a link only the hash is kept, so that none can be read out of the database; a lost one is replaced. */
@Injectable()
export class InviteToSurvey {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The links of all who have not answered, for the department to send. Links of an earlier list end with this. */
  list(actor: Actor, campaignId: string): Promise<SurveyLink[]> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { survey } = await holdSurvey(tx, campaignId);
      if (survey.state !== 'field') throw DomainError.conflict('survey:error.notInField');
      const waiting = await tx.query<Omit<SurveyLink, 'token'> & { id: string }>(
        `SELECT i.id, e.name AS enterprise, e.credit_code AS "creditCode", EXISTS (SELECT 1 FROM account a WHERE a.city_id = $1 AND a.enterprise_id = e.id AND a.disabled_at IS NULL) AS "hasAccount"
         FROM evaluation_survey_invitation i JOIN enterprise e ON e.city_id = i.city_id AND e.id = i.enterprise_id
         WHERE i.city_id = $1 AND i.survey_id = $2 AND NOT i.answered ORDER BY i.stratum_no, e.name, i.id`, [tx.cityId, survey.id]);
      const links = waiting.map((one) => ({ ...one, token: newToken() }));
      await keep(tx, survey.tenantId, 'list', links);
      recordAudit(tx, { action: 'evaluation.survey_links_listed', subjectType: 'evaluation_survey', subjectId: survey.id, details: { links: links.length } });
      return links.map(({ enterprise, creditCode, hasAccount, token }) => ({ enterprise, creditCode, hasAccount, token }));
    });
  }

  /** The link of the enterprise for which the person acts. Looked up as the machinery, as an invitation is nobody's to read but the department's. */
  async own(actor: Actor, surveyId: string): Promise<string> {
    const { accountId } = actor;
    if (!isId(surveyId) || !accountId) throw DomainError.notFound();
    return this.unitOfWork.run(systemActor(actor.cityId), async (tx) => {
      const [invitation] = await tx.query<{ id: string; tenantId: string; state: string; answered: boolean }>(
        `SELECT i.id, i.tenant_id AS "tenantId", s.state, i.answered FROM evaluation_survey_invitation i JOIN account a ON a.city_id = i.city_id AND a.enterprise_id = i.enterprise_id AND a.id = $3
         JOIN evaluation_survey s ON s.city_id = i.city_id AND s.id = i.survey_id WHERE i.city_id = $1 AND i.survey_id = $2`, [tx.cityId, surveyId, accountId]);
      if (!invitation) throw DomainError.notFound();
      if (invitation.state !== 'field') throw DomainError.conflict('survey:error.over');
      const token = newToken();
      await keep(tx, invitation.tenantId, 'account', [{ id: invitation.id, token }]);
      recordAudit(tx, { action: 'evaluation.survey_link_given', subjectType: 'evaluation_survey', subjectId: surveyId, tenantId: invitation.tenantId, details: {} });
      return token;
    });
  }
}

async function keep(tx: TenantTx, tenantId: string, way: 'list' | 'account', links: readonly { id: string; token: string }[]): Promise<void> {
  for (let at = 0; at < links.length; at += BATCH) {
    const part = links.slice(at, at + BATCH);
    const places = part.map((_link, row) => `($1, $${5 + 2 * row}, $2, $3, $${6 + 2 * row}, $4)`);
    await tx.query(
      `INSERT INTO evaluation_survey_token (city_id, invitation_id, way, tenant_id, token_hash, issued_at) VALUES ${places.join(', ')}
       ON CONFLICT (city_id, invitation_id, way) DO UPDATE SET token_hash = excluded.token_hash, issued_at = excluded.issued_at`,
      [tx.cityId, way, tenantId, tx.at, ...part.flatMap(({ id, token }) => [id, sha256Hex(token)])]);
  }
}
