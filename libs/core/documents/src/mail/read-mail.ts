import { DomainError } from '@platform/kernel';
import PostalMime from 'postal-mime';
import { htmlText } from './html-text';

/** A mail with some scanned pages; what is larger is no opinion. */
export const MAX_MAIL_BYTES = 10 * 1024 * 1024;
/** Characters of text that are read; longer ones are cut and say so. */
const MAX_TEXT = 50_000;
const LIMITS = { maxNestingDepth: 20, maxHeadersSize: 256 * 1024, rfc822Attachments: true } as const;

/** What a mail is, for a person to check. Of its attachments only what they are called: their bytes are not kept. */
export interface MailContent {
  /** Null where it has none. */
  messageId: string | null;
  subject: string;
  from: { name: string; address: string };
  /** The instant in its header; null where there is none that can be read. */
  sentAt: Date | null;
  text: string;
  cut: boolean;
  attachments: { name: string; type: string; size: number }[];
}

/** NUL and halves of characters, which no text of the database holds. */
const clean = (text: string, max: number): string => [...text.replace(/\0|\p{Surrogate}/gu, '\ufffd')].slice(0, max).join('').trim();
const sizeOf = (content: unknown): number => (content instanceof ArrayBuffer || ArrayBuffer.isView(content) ? content.byteLength : Buffer.byteLength(String(content)));

/**
 * Reads a mail file (RFC 5322, MIME) of any charset and transfer encoding. Where it has only HTML, its words.
 *
 * @throws DomainError invalid `channels:error.mailTooLarge`, or `channels:error.mailBroken` for what is no mail or is nested deeper than any honest one
 */
export async function readMail(bytes: Buffer): Promise<MailContent> {
  if (bytes.length > MAX_MAIL_BYTES) throw DomainError.invalid('channels:error.mailTooLarge');
  const mail = await PostalMime.parse(bytes, LIMITS).catch(() => {
    throw DomainError.invalid('channels:error.mailBroken');
  });
  const from = mail.from?.address ? { name: mail.from.name ?? '', address: mail.from.address } : null;
  // Any file at all is read as a mail with a body; one that names neither a sender nor a subject is none.
  if (!from && !mail.subject) throw DomainError.invalid('channels:error.mailBroken');
  const plain = mail.text?.trim() ? mail.text : htmlText(mail.html ?? '');
  const sent = mail.date ? new Date(mail.date) : null;
  return {
    messageId: mail.messageId ? clean(mail.messageId, 998) || null : null, subject: clean(mail.subject ?? '', 300), from: { name: clean(from?.name ?? '', 100), address: clean(from?.address ?? '', 200) },
    sentAt: sent && !Number.isNaN(sent.getTime()) ? sent : null, text: clean(plain, MAX_TEXT), cut: [...plain].length > MAX_TEXT,
    attachments: mail.attachments.slice(0, 100).map(({ filename, mimeType, content }) => ({ name: clean(filename ?? '', 200), type: clean(mimeType, 100), size: sizeOf(content) })),
  };
}
