import { TenantRepository } from '@platform/persistence';
import { ConsultationEventRow, EventParticipantRow } from './consultation-event.entity';
import { ConsultationRow } from './consultation.entity';
import { OpinionAttachmentRow } from './opinion-attachment.entity';
import { OpinionAnswerRow, OpinionRow } from './opinion.entity';
import { OpinionBatchRow } from './opinion-batch.entity';
import { OpinionSourceRow } from './opinion-source.entity';

export const consultations = new TenantRepository(ConsultationRow);
export const opinions = new TenantRepository(OpinionRow);
export const opinionAttachments = new TenantRepository(OpinionAttachmentRow);
export const opinionAnswers = new TenantRepository(OpinionAnswerRow);
export const opinionSources = new TenantRepository(OpinionSourceRow);
export const opinionBatches = new TenantRepository(OpinionBatchRow);
export const consultationEvents = new TenantRepository(ConsultationEventRow);
export const eventParticipants = new TenantRepository(EventParticipantRow);
