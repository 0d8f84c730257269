/** Somebody has put in an opinion. */
export const OPINION_POSTED = 'consultation.opinion_posted.v1';
export type OpinionPosted = { opinionId: string; consultationId: string };

/** The window of a consultation has ended. */
export const CONSULTATION_CLOSED = 'consultation.closed.v1';
export type ConsultationClosed = { consultationId: string; policyId: string };

/** Every answer of a consultation is public. */
export const RESULT_PUBLISHED = 'consultation.result_published.v1';
export type ResultPublished = { consultationId: string; policyId: string };
