import type { Sheet } from '@core/documents';
import { AUTHOR_KINDS, DISPOSITIONS, type ExportedOpinion, STANCES } from '@domains/consultation';
import type { Words } from '../drafting/named-text';

/** The instant in Asia/Shanghai as a text that sorts: `2026-03-02 09:00:00`. */
const chinaTime = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** Width in characters, and what stands in the column; a figure stays a figure. */
const COLUMNS: readonly [string, number, (opinion: ExportedOpinion, words: Words) => string | null][] = [
  ['receiptNo', 20, ({ receiptNo }) => receiptNo],
  ['receivedAtChina', 20, ({ receivedAt }) => chinaTime(receivedAt)],
  ['channel', 12, ({ channel }, words) => words(`consultation:channel.${channel}`)],
  ['clause', 12, ({ clauseLabel, clauseId }, words) => clauseLabel ?? clauseId ?? words('outlets:chart.whole')],
  ['quote', 24, ({ quote }) => quote],
  ['stance', 10, ({ stance }, words) => words(`consultation:stance.${stance}`)],
  ['participant', 10, ({ authorKind }, words) => words(`consultation:author.${authorKind}`)],
  ['author', 20, ({ authorName }) => authorName],
  ['text', 60, ({ text }) => text],
  ['files', 40, ({ files }) => files.map(({ filename, publicSha256 }) => `${filename} (SHA-256 ${publicSha256})`).join('\n') || null],
  ['moderation', 10, ({ moderation }, words) => words(`outlets:moderation.${moderation}`)],
  ['moderationReason', 24, ({ moderationReason }) => moderationReason],
  ['disposition', 12, ({ answer }, words) => answer && words(`consultation:disposition.${answer.disposition}`)],
  ['reason', 60, ({ answer }) => answer?.reason ?? null],
  ['progress', 12, (opinion, words) => words(`consultation:tab.${progressOf(opinion)}`)],
  ['answeredBy', 14, ({ answer }) => answer?.answeredByName ?? null],
  ['approvedBy', 14, ({ answer }) => answer?.approvedByName ?? null],
];

const progressOf = ({ answer }: ExportedOpinion): 'unanswered' | 'answered' | 'approved' => (!answer ? 'unanswered' : answer.approvedAt ? 'approved' : 'answered');

/** All opinions with their answers as they are now, and their figures, as the sheets of a workbook in the reader's language. */
export function opinionsWorkbook(opinions: readonly ExportedOpinion[], words: Words): Sheet[] {
  return [
    { name: words('outlets:sheet.opinions'), columns: COLUMNS.map(([field, width]) => ({ head: words(`outlets:field.${field}`), width })), rows: opinions.map((opinion) => COLUMNS.map(([, , value]) => value(opinion, words))) },
    figuresSheet(opinions, words),
  ];
}

function figuresSheet(opinions: readonly ExportedOpinion[], words: Words): Sheet {
  const count = (of: (opinion: ExportedOpinion) => boolean): number => opinions.filter(of).length;
  const part = (title: string, group: string, keys: readonly string[], of: (opinion: ExportedOpinion) => string | undefined): (string | number)[][] =>
    keys.map((key) => [words(title), words(`${group}.${key}`), count((opinion) => of(opinion) === key)]);
  const moderations = [...new Set(opinions.map(({ moderation }) => moderation))].sort().reverse();
  return {
    name: words('outlets:sheet.figures'), columns: [{ head: words('outlets:sheet.by'), width: 20 }, { head: words('consultation:result.kind'), width: 20 }, { head: words('consultation:result.count'), width: 10 }],
    rows: [
      [words('consultation:result.received'), null, opinions.length],
      ...part('outlets:field.moderation', 'outlets:moderation', moderations, ({ moderation }) => moderation),
      ...part('outlets:field.progress', 'consultation:tab', ['unanswered', 'answered', 'approved'], progressOf),
      ...part('consultation:result.by.disposition', 'consultation:disposition', DISPOSITIONS, ({ answer }) => answer?.disposition),
      ...part('consultation:result.by.stance', 'consultation:stance', STANCES, ({ stance }) => stance),
      ...part('consultation:result.by.author', 'consultation:author', AUTHOR_KINDS, ({ authorKind }) => authorKind),
    ],
  };
}
