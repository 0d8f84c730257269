import { comparedClauses, type ComparedClause, type ComparisonTable, diffDocuments, type IdentifiedProvision, isChange, matchByIdentity, type TextRun } from '@core/documents';
import type { ColumnOpinion } from '@domains/consultation';

interface ColumnLine {
  label: string;
  runs: TextRun[];
}

/** An opinion with the marker of the clause in which it is carried out. */
export type ShownOpinion = ColumnOpinion & { carriedOutIn: string | null };

/** An article (or what stands outside of one) as it was asked about, what was said on it, and as it is. */
export interface ColumnRow {
  label: string;
  consulted: ColumnLine[];
  opinions: ShownOpinion[];
  final: ColumnLine[];
  changed: boolean;
}

const INSIDE = new Set(['paragraph', 'item', 'subitem']);

/** The clause that stands for a row: an article with all that is in it. */
function rowOf(provisions: readonly IdentifiedProvision[]): Map<string, string> {
  const byId = new Map(provisions.map((provision) => [provision.clauseId, provision]));
  return new Map(provisions.map((provision) => {
    let at = provision;
    while (INSIDE.has(at.kind) && at.parent !== null) {
      const parent = byId.get(at.parent);
      if (!parent || !(INSIDE.has(parent.kind) || parent.kind === 'article')) break;
      at = parent;
    }
    return [provision.clauseId, at.clauseId];
  }));
}

/** Three columns: consulted version, opinions, final version; opinions on the whole text come first, in a row of their own. */
export function columnRows(consulted: IdentifiedProvision[], final: IdentifiedProvision[], opinions: readonly ColumnOpinion[]): ColumnRow[] {
  const clauses = comparedClauses(diffDocuments(consulted, final, matchByIdentity(consulted, final)));
  const [oldRows, newRows] = [rowOf(consulted), rowOf(final)];
  const markers = new Map(clauses.flatMap((clause) => namesOf(clause, consulted, final)));
  const said = (opinion: ColumnOpinion): ShownOpinion => ({ ...opinion, carriedOutIn: opinion.adoptedIdentity ? (markers.get(opinion.adoptedIdentity) ?? null) : null });
  const rows = new Map<string, ColumnRow>();
  const rowKeys = new Map<string, string>();
  for (const clause of clauses) {
    const key = clause.next ? `n:${newRows.get(clause.next.clauseId)}` : (rowKeys.get(oldRows.get(clause.old?.clauseId ?? '') ?? '') ?? `o:${oldRows.get(clause.old?.clauseId ?? '')}`);
    const row = rows.get(key) ?? { label: clause.to ?? clause.from ?? '', consulted: [], opinions: [], final: [], changed: false };
    if (clause.old) {
      row.consulted.push({ label: clause.old.label, runs: clause.before });
      const oldRow = oldRows.get(clause.old.clauseId) ?? '';
      if (!rowKeys.has(oldRow)) rowKeys.set(oldRow, key);
      row.opinions.push(...opinions.filter(({ clauseId }) => clauseId === clause.old?.clauseId).map(said));
    }
    if (clause.next) row.final.push({ label: clause.next.label, runs: clause.after });
    row.changed ||= isChange(clause);
    rows.set(key, row);
  }
  const placed = new Set([...rows.values()].flatMap((row) => row.opinions.map(({ receiptNo }) => receiptNo)));
  const general = opinions.filter(({ receiptNo }) => !placed.has(receiptNo)).map(said);
  return [...(general.length > 0 ? [{ label: '', consulted: [], opinions: general, final: [], changed: false }] : []), ...rows.values()];
}

/** The marker by which each identity is known now, or was. */
function namesOf({ old, next, from, to }: ComparedClause, consulted: readonly IdentifiedProvision[], final: readonly IdentifiedProvision[]): [string, string][] {
  const was = consulted.find((provision) => provision === old)?.identity;
  const is = final.find((provision) => provision === next)?.identity;
  return [...(was && from ? [[was, from] as [string, string]] : []), ...(is && to ? [[is, to] as [string, string]] : [])];
}

export interface ColumnWords {
  title: string;
  columns: readonly [string, string, string];
  general: string;
  /** Printed under the title: that more was said than stands in the table. */
  note?: string;
  /** One opinion in words, with its answer. */
  opinion(opinion: ShownOpinion): string;
}

/** The three columns for print. */
export function columnTable(rows: readonly ColumnRow[], { title, columns, general, note, opinion }: ColumnWords): ComparisonTable {
  const cell = (lines: readonly ColumnLine[]): TextRun[] =>
    lines.flatMap(({ label, runs }, at) => [{ op: 'keep' as const, text: `${at > 0 ? '\n' : ''}${label}${label && runs.length > 0 ? '　' : ''}` }, ...runs]).filter(({ text }) => text !== '');
  return {
    title, columns, ...(note ? { note } : {}),
    rows: rows.filter(({ opinions, changed }) => changed || opinions.length > 0).map((row) => ({
      label: row.label || general, cells: [cell(row.consulted), row.opinions.length > 0 ? [{ op: 'keep' as const, text: row.opinions.map(opinion).join('\n') }] : [], cell(row.final)],
    })),
  };
}
