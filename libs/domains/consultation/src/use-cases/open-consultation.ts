import { randomBytes } from 'node:crypto';
import { latestSubmittedVersion, LifeCycle, makeVersionPublic, policies } from '@core/policy';
import { type Actor, DomainError, type IsoDate, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { optionalText, requiredText, sentences } from '../domain/opinion-text';
import { assertLongEnough, closingInstant } from '../domain/window';
import { consultations } from '../persistence/repositories';
import { windowBasisNow } from '../queries/window-now';

export interface OpenConsultationInput {
  /** The policy's own title unless given. */
  title?: string;
  /** What is proposed, in three sentences at most. */
  purpose: string;
  /** Last day of the window; it ends at 24:00. */
  lastDay: IsoDate;
  /** Why the window is shorter than the law asks for; everybody reads it. */
  shortenedReason?: string;
}

/** Longest purpose, in characters. */
const MAX_PURPOSE = 600;
const MAX_REASON = 500;

/** Puts the newest submitted version of a policy before the public. The window begins at once. */
@Injectable()
export class OpenConsultation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  /** Answers the id of the consultation. Refuses a window below the statutory minimum, with its article. */
  run(actor: Actor, policyId: string, input: OpenConsultationInput): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, (tx) => this.open(tx, policyId, input));
  }

  private async open(tx: TenantTx, policyId: string, input: OpenConsultationInput): Promise<{ id: string }> {
    const policy = await policies.lockForUpdate(tx, policyId);
    assertCan(tx.actor, 'consultation.open', policy);
    const purpose = requiredText(input.purpose, 'purpose', MAX_PURPOSE);
    if (sentences(purpose).length > 3) {
      throw DomainError.invalid('consultation:error.threeSentences', [{ field: 'purpose', key: 'consultation:error.threeSentences' }]);
    }
    const title = optionalText(input.title, 'title', 300) ?? policy.title;
    const shortenedReason = optionalText(input.shortenedReason, 'shortenedReason', MAX_REASON);
    const basis = await windowBasisNow(tx, policy);
    assertLongEnough(basis, input.lastDay, shortenedReason);

    const id = newId();
    const closesAt = closingInstant(input.lastDay);
    const due = basis.rules.map((rule) => rule.due).sort().at(-1) ?? input.lastDay;
    await this.lifeCycle.advance(tx, policy.id, 'open_consultation', { details: { consultationId: id, closesAt, shortenedReason, rules: basis.rules.map((rule) => rule.id) } });
    const version = await latestSubmittedVersion(tx, policy.id);
    if (!version) throw DomainError.conflict('consultation:error.noVersion');
    await makeVersionPublic(tx, version.id);
    await consultations.insert(tx, {
      id, tenantId: policy.tenantId, policyId: policy.id, versionId: version.id, title, purpose, state: 'open', opensAt: tx.at, closesAt, basis,
      // A reason that nothing was shortened by would only puzzle its readers.
      shortenedReason: input.lastDay < due ? shortenedReason : null,
      extensionNotice: null, extendedAt: null, closedAt: null, receivedCount: null, hiddenCount: 0, withdrawnCount: 0, resultText: null, resultFigures: null,
      resultPublishedAt: null, openedBy: tx.actor.accountId ?? '', receiptSalt: randomBytes(32).toString('base64url'), rowVersion: 1,
    });
    recordAudit(tx, { action: 'consultation.opened', subjectType: 'consultation', subjectId: id, details: { policyId: policy.id, closesAt } });
    return { id };
  }
}
