/** Somebody has put in an opinion. */
export const OPINION_POSTED = 'consultation.opinion_posted.v1';
export type OpinionPosted = { opinionId: string; consultationId: string };

/** A file has come with an opinion and waits for the scanner. */
export const ATTACHMENT_RECEIVED = 'consultation.attachment_received.v1';
export type AttachmentReceived = { attachmentId: string; opinionId: string };

/** The window of a consultation has ended. */
export const CONSULTATION_CLOSED = 'consultation.closed.v1';
export type ConsultationClosed = { consultationId: string; policyId: string };

/** Every answer of a consultation is public. */
export const RESULT_PUBLISHED = 'consultation.result_published.v1';
export type ResultPublished = { consultationId: string; policyId: string };
