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

/** Somebody has asked for the opinions of a consultation to be put together. */
export const CLUSTERS_WANTED = 'consultation.clusters_wanted.v1';
export type ClustersWanted = { jobId: string; consultationId: string };

/** Opinions were given to an officer; those of one batch are told together. */
export const OPINIONS_ASSIGNED = 'consultation.opinions_assigned.v1';
export type OpinionsAssigned = { batchId: string; consultationId: string; accountId: string; assignedBy: string };

/** The author of a hidden opinion has appealed. */
export const APPEAL_FILED = 'consultation.appeal_filed.v1';
export type AppealFiled = { appealId: string };

/** An appeal is decided. */
export const APPEAL_DECIDED = 'consultation.appeal_decided.v1';
export type AppealDecided = { appealId: string };
