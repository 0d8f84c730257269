import type { Report, ReportBlock, ReportTable } from '@core/documents';
import {
  AUTHOR_KINDS, DISPOSITIONS, type Participant, type PublicConsultationPage, type ShownOpinion, publicOpinionPages, publicParticipants, readPublicConsultation, type ResultFigures,
  type ShownBreakdown, shownBreakdown, STANCES,
} from '@domains/consultation';
import { chinaDate, DomainError } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import type { Words } from '../drafting/named-text';
import { formatDate, formatNumber, type Lang } from '../view';
import { clauseBars, clauseNames, timeChart } from './result-charts';

/** How many opinions stand in the report one by one; a longer list is for the workbook and the open data, and the report says so. */
const MAX_LISTED = 1000;

interface Facts {
  consultation: PublicConsultationPage;
  figures: ResultFigures;
  breakdown: ShownBreakdown;
  participants: Participant[];
  /** The first received first. */
  opinions: ShownOpinion[];
}

/**
 * The report of a published result: what was asked, the department's account, figures, participants, and each shown opinion with its answer.
 * Made of what everybody may read and of nothing else.
 *
 * @throws DomainError not_found `consultation:error.noResult` before the result is published
 */
export async function resultReport(reader: PublicReader, cityId: string, id: string, now: Date, words: Words, lang: Lang): Promise<Report> {
  const consultation = await readPublicConsultation(reader, cityId, id, now);
  const figures = consultation.resultFigures;
  if (!figures || consultation.stage !== 'result') throw DomainError.notFound('consultation:error.noResult');
  const [breakdown, participants, opinions] = [await shownBreakdown(reader, cityId, id), await publicParticipants(reader, cityId, id), await firstOpinions(reader, cityId, id)];
  return reportOf({ consultation, figures, breakdown, participants, opinions }, words, lang);
}

async function firstOpinions(reader: PublicReader, cityId: string, id: string): Promise<ShownOpinion[]> {
  const found: ShownOpinion[] = [];
  for await (const some of publicOpinionPages(reader, cityId, id)) {
    found.push(...some);
    if (found.length >= MAX_LISTED) break;
  }
  return found.slice(0, MAX_LISTED).reverse();
}

function reportOf(facts: Facts, words: Words, lang: Lang): Report {
  const { consultation } = facts;
  const on = consultation.resultPublishedAt ? chinaDate(consultation.resultPublishedAt) : null;
  return {
    title: words('consultation:result.title', { title: consultation.title }), date: on,
    subtitle: [consultation.department, on ? formatDate(on, lang) : ''].filter(Boolean).join('　'),
    blocks: [
      { heading: words('outlets:report.basics') }, { table: basics(consultation, words, lang) },
      { heading: words('outlets:report.account') }, { text: consultation.resultText ?? '' },
      { heading: words('outlets:report.figures') }, ...figureTables(facts, words, lang),
      { heading: words('outlets:report.participants') }, ...participantBlocks(facts, words),
      { heading: words('outlets:report.answers') }, ...answerBlocks(facts, words),
    ],
  };
}

function basics(consultation: PublicConsultationPage, words: Words, lang: Lang): ReportTable {
  const rows: [string, string | null][] = [
    ['policy', consultation.policyTitle], ['department', consultation.department], ['draft', words('outlets:report.draftNo', { no: consultation.versionNo })], ['purpose', consultation.purpose],
    ['window', words('outlets:report.windowDays', { from: chinaDate(consultation.opensAt), to: consultation.lastDay })],
    ['basis', consultation.basis.rules.map(({ source }) => source[lang]).join('\n')], ['shortened', consultation.shortenedReason], ['extended', consultation.extensionNotice],
  ];
  return {
    caption: words('outlets:report.what'), head: [words('outlets:report.item'), words('outlets:report.content')], widths: [1, 4],
    rows: rows.filter(([, content]) => content).map(([key, content]) => [words(`outlets:report.row.${key}`), content ?? '']),
  };
}

/** Each chart of the result page as the table that it was drawn from. */
function figureTables({ consultation, figures, breakdown }: Facts, words: Words, lang: Lang): ReportBlock[] {
  const share = (count: number, total: number): string => (total > 0 ? `${((100 * count) / total).toFixed(1)}%` : '');
  const table = (caption: string, kind: string, rows: readonly (readonly [string, number])[], total: number): ReportBlock => ({ table: {
    caption, head: [kind, words('consultation:result.count'), words('outlets:report.share')], widths: [3, 1, 1],
    rows: rows.map(([label, count]) => [label, formatNumber(count), share(count, total)]),
  } });
  const kind = words('consultation:result.kind');
  const group = <K extends string>(name: string, keys: readonly K[], counts: Record<K, number>): ReportBlock =>
    table(words(`consultation:result.by.${name}`), kind, keys.map((key) => [words(`consultation:${name}.${key}`), counts[key]]), figures.received);
  const { columns, weekly } = timeChart(breakdown.byDay, chinaDate(consultation.opensAt), consultation.lastDay);
  return [
    table(words('outlets:report.counts'), kind, [
      [words('consultation:result.received'), figures.received], [words('consultation:result.shown'), figures.shown], [words('consultation:result.hidden'), figures.hidden],
      [words('outlets:moderation.withdrawn'), figures.withdrawn ?? 0],
    ], figures.received),
    { text: words('consultation:result.sum') },
    group('disposition', DISPOSITIONS, figures.byDisposition), group('stance', STANCES, figures.byStance), group('author', AUTHOR_KINDS, figures.byAuthor),
    table(words('outlets:chart.clause'), words('outlets:chart.clauseHead'), clauseBars(breakdown, consultation, '').map(({ label, key, value }) => [label ?? words(key ?? ''), value]), figures.shown),
    table(words(weekly ? 'outlets:chart.weekly' : 'outlets:chart.daily'), words('outlets:chart.dayHead'), columns.filter(({ value }) => value > 0).map(({ day, value }) => [formatDate(day, lang), value]), figures.shown),
    { text: words('outlets:chart.shownOnly') },
  ];
}

function participantBlocks({ figures, participants }: Facts, words: Words): ReportBlock[] {
  const text = words('outlets:report.participated', { ...figures.byAuthor });
  if (participants.length === 0) return [{ text }];
  return [{ text }, { table: {
    caption: words('outlets:report.enterprises'), head: [words('outlets:report.name'), words('consultation:result.count')], widths: [4, 1],
    rows: participants.map(({ name, count }) => [name, formatNumber(count)]),
  } }];
}

function answerBlocks({ opinions, figures, consultation }: Facts, words: Words): ReportBlock[] {
  const names = clauseNames(consultation.provisions);
  const more = consultation.shown - opinions.length;
  const notes = [
    ...(figures.hidden > 0 ? [words('outlets:report.hidden', { count: figures.hidden })] : []), ...(more > 0 ? [words('outlets:report.more', { listed: opinions.length, count: more })] : []),
  ];
  return [
    ...(notes.length > 0 ? [{ text: notes.join('\n') }] : []),
    { table: {
      caption: words('outlets:report.list'), widths: [3, 2, 6, 2, 6],
      head: ['receiptNo', 'clause', 'text', 'disposition', 'reason'].map((field) => words(`outlets:field.${field}`)),
      rows: opinions.map(({ receiptNo, clauseId, text, answer }) => [
        receiptNo, clauseId === null ? words('outlets:chart.whole') : names.get(clauseId) ?? clauseId, text, answer ? words(`consultation:disposition.${answer.disposition}`) : '', answer?.reason ?? '',
      ]),
    } },
  ];
}
