import { comparedClauses, comparisonTable, type ComparisonTable, diffDocuments, type IdentifiedProvision, matchByIdentity } from '@core/documents';
import { MAX_COLUMN_OPINIONS, type ColumnConsultation, type ColumnOpinion } from '@domains/consultation';
import type { ComparableVersion } from '@domains/drafting';
import type { PublicTextRow } from '@core/policy';
import type { Translate, Lang } from '../view';
import { columnRows, columnTable, type ShownOpinion } from './columns-view';
import { compareView } from './compare-view';

/** The words of the catalogue in the language of the reader. */
export type Words = (key: string, params?: Record<string, unknown>) => string;
export const wordsIn = (views: { translate: Translate }, lang: Lang): Words => (key, params) => views.translate(lang, key, params);

export interface NamedText {
  label: string;
  provisions: IdentifiedProvision[];
}

/** How a version is called where several stand beside each other. */
export function versionLabel({ no, state, amended }: Pick<ComparableVersion, 'no' | 'state' | 'amended'>, words: Words): string {
  if (amended) return words('editor:compare.of', { title: amended.title, number: amended.documentNumber });
  return words(state === 'draft' ? 'editor:compare.draft' : 'editor:compare.version', { no });
}

/** Public rows as the documents library reads them. */
export const publicProvisions = (rows: readonly PublicTextRow[]): IdentifiedProvision[] =>
  rows.map(({ parentId, kind, ...row }) => ({ ...row, parent: parentId, kind: kind as IdentifiedProvision['kind'], unrecognised: false }));

const diffOf = (from: NamedText, to: NamedText) => diffDocuments(from.provisions, to.provisions, matchByIdentity(from.provisions, to.provisions));

/** What the page of a comparison shows of the two. */
export const comparePage = (from: NamedText, to: NamedText) => ({ before: from.label, after: to.label, ...compareView(diffOf(from, to)) });

/** 修改对照表 of the two, as it is printed. */
export const compareTable = (title: string, from: NamedText, to: NamedText, words: Words): ComparisonTable =>
  comparisonTable(comparedClauses(diffOf(from, to)), {
    title: words('editor:compare.printTitle', { title }), columns: [from.label, to.label],
    note: words('editor:compare.printNote', { from: from.label, to: to.label }), moved: words('editor:compare.moved'),
  });

/** The three columns as the page shows them. */
export function columnsPage(consulted: IdentifiedProvision[], final: IdentifiedProvision[], opinions: readonly ColumnOpinion[], all: boolean) {
  const shown = opinions.slice(0, MAX_COLUMN_OPINIONS);
  const rows = columnRows(consulted, final, shown);
  return {
    rows: rows.filter((row) => all || row.changed || row.opinions.length > 0),
    counts: { opinions: shown.length, changes: rows.filter(({ changed }) => changed).length },
    more: opinions.length > MAX_COLUMN_OPINIONS ? MAX_COLUMN_OPINIONS : null,
  };
}

/** The three columns as they are printed. */
export function columnsTable(title: string, consultation: ColumnConsultation, consulted: IdentifiedProvision[], final: NamedText, opinions: readonly ColumnOpinion[], words: Words): ComparisonTable {
  const opinion = ({ authorKind, text, disposition, reason, carriedOutIn }: ShownOpinion): string => {
    const answer = disposition ? `${words(`consultation:disposition.${disposition}`)}${reason ? `：${reason}` : ''}` : words('editor:columns.unanswered');
    return `【${words(`consultation:author.${authorKind}`)}】${text}\n${answer}${carriedOutIn ? `（${words('editor:columns.for')}${carriedOutIn}）` : ''}`;
  };
  return columnTable(columnRows(consulted, final.provisions, opinions.slice(0, MAX_COLUMN_OPINIONS)), {
    title: words('editor:columns.printTitle', { title }), general: words('editor:columns.general'), opinion,
    columns: [`${words('editor:columns.consulted')}（${words('editor:compare.version', { no: consultation.versionNo })}）`, words('editor:columns.opinions'), final.label],
  });
}
