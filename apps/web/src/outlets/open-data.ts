import type { PublicConsultationPage, PublicFile, ShownOpinion } from '@domains/consultation';
import { CSV_MARK, csvRows } from '../http';
import type { Words } from '../drafting/named-text';

/** An opinion as open data: what its page shows to everybody, without a person's name, masked or not. */
export interface OpenOpinion {
  receiptNo: string;
  /** ISO 8601, UTC. */
  receivedAt: string;
  channel: string;
  participant: string;
  /** An enterprise's name; null for everybody else. */
  enterprise: string | null;
  clauseId: string | null;
  clause: string | null;
  quote: string | null;
  stance: string;
  text: string;
  /** Those that the department has released, as everybody may have them; `path` is on this site. */
  files: (Pick<PublicFile, 'name' | 'mediaType' | 'size' | 'sha256' | 'scanned'> & { path: string })[];
  disposition: string | null;
  reason: string | null;
  answeredAt: string | null;
}

export const OPEN_FIELDS = [
  'receiptNo', 'receivedAt', 'channel', 'participant', 'enterprise', 'clauseId', 'clause', 'quote', 'stance', 'text', 'files', 'disposition', 'reason', 'answeredAt',
] as const satisfies readonly (keyof OpenOpinion)[];

const openOpinion = (opinion: ShownOpinion, base: string): OpenOpinion => ({
  receiptNo: opinion.receiptNo, receivedAt: opinion.receivedAt.toISOString(), channel: opinion.channel, participant: opinion.authorKind,
  enterprise: opinion.authorKind === 'enterprise' ? opinion.publicName : null, clauseId: opinion.clauseId, clause: opinion.clauseLabel, quote: opinion.quote,
  stance: opinion.stance, text: opinion.text, files: opinion.files.map(({ id, ...file }) => ({ ...file, path: `${base}/files/${id}` })), disposition: opinion.answer?.disposition ?? null, reason: opinion.answer?.reason ?? null,
  answeredAt: opinion.answer && new Date(opinion.answer.publishedAt).toISOString(),
});

/** What stands before the opinions: which consultation, and how many there are that are not shown. */
export const openHead = (origin: string, consultation: PublicConsultationPage, cityId: string) => ({
  consultation: {
    id: consultation.id, city: cityId, policy: consultation.policyId, title: consultation.title, department: consultation.department, stage: consultation.stage,
    opensAt: consultation.opensAt, closesAt: consultation.closesAt, resultPublishedAt: consultation.resultPublishedAt, page: `${origin}/${cityId}/consultations/${consultation.id}`,
  },
  counts: { received: consultation.received, shown: consultation.shown, hidden: consultation.hidden, withdrawn: consultation.withdrawn },
});

type Opinions = AsyncIterable<readonly ShownOpinion[]>;

/** The whole as one JSON object (`base`: the path of the consultation's page), its opinions read and written a few hundred at a time. */
export async function* jsonPieces(head: object, base: string, opinions: Opinions): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"opinions":[`;
  let before = '\n';
  for await (const some of opinions) {
    if (some.length === 0) continue;
    yield before + some.map((opinion) => JSON.stringify(openOpinion(opinion, base))).join(',\n');
    before = ',\n';
  }
  yield '\n]}\n';
}

/** The same as a table for spreadsheets, headed and worded in the reader's language. */
export async function* csvPieces(words: Words, base: string, opinions: Opinions): AsyncGenerator<string> {
  yield CSV_MARK + csvRows([OPEN_FIELDS.map((field) => words(`outlets:field.${field}`))]);
  for await (const some of opinions) yield csvRows(some.map((opinion) => rowOf(words, openOpinion(opinion, base))));
}

function rowOf(words: Words, opinion: OpenOpinion): string[] {
  const shown: Record<keyof OpenOpinion, string | null> = {
    ...opinion, files: opinion.files.map(({ name, sha256, path }) => `${name} ${path} SHA-256 ${sha256}`).join('; '), channel: words(`consultation:channel.${opinion.channel}`), participant: words(`consultation:author.${opinion.participant}`), stance: words(`consultation:stance.${opinion.stance}`),
    disposition: opinion.disposition && words(`consultation:disposition.${opinion.disposition}`),
  };
  return OPEN_FIELDS.map((field) => shown[field] ?? '');
}
