import { TenantRepository } from '@platform/persistence';
import { ConsultationRow } from './consultation.entity';
import { OpinionAttachmentRow } from './opinion-attachment.entity';
import { OpinionAnswerRow, OpinionRow } from './opinion.entity';

export const consultations = new TenantRepository(ConsultationRow);
export const opinions = new TenantRepository(OpinionRow);
export const opinionAttachments = new TenantRepository(OpinionAttachmentRow);
export const opinionAnswers = new TenantRepository(OpinionAnswerRow);
