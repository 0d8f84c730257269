import { comparedClauses, comparisonTable, type ComparisonTable, diffDocuments, matchByIdentity } from '@core/documents';
import type { ColumnOpinions } from '@domains/consultation';
import { DomainError } from '@platform/kernel';
import { formatNumber } from '../view';
import { columnRows, columnTable, type ShownOpinion } from './columns-view';
import { compareView } from './compare-view';
import type { ColumnsDto, CompareDto } from './compare.dto';
import type { Columns, Comparison } from './comparison-reads';
import type { NamedText, Words } from './named-text';

const diffOf = (from: NamedText, to: NamedText) => diffDocuments(from.provisions, to.provisions, matchByIdentity(from.provisions, to.provisions));

/** What the page of a comparison shows: the choice, and what became of each clause. */
export function compareData({ versions, pair }: Comparison<{ id: string }>, show: CompareDto['show']) {
  const [from, to] = pair?.texts ?? [];
  return {
    versions, show: show || 'all', onlyChanges: show === 'changes', chosen: pair && { from: pair.from.id, to: pair.to.id },
    query: pair && `from=${pair.from.id}&to=${pair.to.id}`, compared: from && to ? { before: from.label, after: to.label, ...compareView(diffOf(from, to)) } : null,
  };
}

/** 修改对照表 of the two, as it is printed; "not found" where there are not two. */
export function compareTable(title: string, { pair }: Comparison<unknown>, words: Words): ComparisonTable {
  if (!pair) throw DomainError.notFound('editor:error.nothingToCompare');
  const [from, to] = pair.texts;
  return comparisonTable(comparedClauses(diffOf(from, to)), {
    title: words('editor:compare.printTitle', { title }), columns: [from.label, to.label],
    note: words('editor:compare.printNote', { from: from.label, to: to.label }), moved: words('editor:compare.moved'),
  });
}

/** How many opinions there are and how many of them stand in the table, grouped as they are shown; null where all do. */
const cutOf = ({ items, total }: ColumnOpinions): { total: string; shown: string } | null =>
  total > items.length ? { total: formatNumber(total), shown: formatNumber(items.length) } : null;

/** The three columns as the page shows them. */
export function columnsView({ consultations, columns }: Columns, show: ColumnsDto['show']) {
  const chosen = columns?.consultation ?? null;
  const rows = columns ? columnRows(columns.consulted, columns.final.provisions, columns.opinions.items) : [];
  return {
    consultations, chosen, show: show || 'changes', query: chosen && `consultation=${chosen.id}`, after: columns?.final.label,
    columns: columns && {
      rows: rows.filter((row) => show === 'all' || row.changed || row.opinions.length > 0),
      counts: { opinions: columns.opinions.total, changes: rows.filter(({ changed }) => changed).length },
      cut: cutOf(columns.opinions),
    },
  };
}

/** The three columns as they are printed; "not found" where there is nothing to set beside each other. */
export function columnsTable(title: string, { columns }: Columns, words: Words): ComparisonTable {
  if (!columns) throw DomainError.notFound('editor:columns.empty');
  const { consultation, consulted, final, opinions } = columns;
  const cut = cutOf(opinions);
  const opinion = ({ authorKind, text, disposition, reason, carriedOutIn }: ShownOpinion): string => {
    const answer = disposition ? `${words(`consultation:disposition.${disposition}`)}${reason ? `：${reason}` : ''}` : words('editor:columns.unanswered');
    return `【${words(`consultation:author.${authorKind}`)}】${text}\n${answer}${carriedOutIn ? `（${words('editor:columns.for')}${carriedOutIn}）` : ''}`;
  };
  return columnTable(columnRows(consulted, final.provisions, opinions.items), {
    title: words('editor:columns.printTitle', { title }), general: words('editor:columns.general'), opinion, ...(cut ? { note: words('editor:columns.cut', cut) } : {}),
    columns: [`${words('editor:columns.consulted')}（${words('editor:compare.version', { no: consultation.versionNo })}）`, words('editor:columns.opinions'), final.label],
  });
}
