import { dayAfter, type NamedClause, type PolicyState, type Validity, type ValidityChangeKind, validityOn } from '@core/policy';
import { chinaDate, DomainError, isId, type IsoDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import { dayStart } from './effective-list';

/** Most documents that one comparison gives; beyond it `cut` says that there are more. */
const MOST = 5000;
/** As many as a page shows of each. */
export const CHANGES_SHOWN = 200;
const DAY_MS = 86_400_000;

export interface EffectiveChange {
  id: string;
  title: string;
  documentNumber: string;
  department: string;
  /** The day on which it happened. */
  on: IsoDate;
  what: 'began' | 'abolished' | 'superseded' | 'lapsed' | 'amended' | 'partly_repealed' | 'extended';
  /** The document that amends or replaces it. */
  byNumber: string | null;
  byId: string | null;
  /** Of a partial repeal. */
  clauses: NamedClause[] | null;
  /** Of an extension: the last day from now on. */
  newTo: IsoDate | null;
}

export interface EffectiveChanges {
  began: EffectiveChange[];
  ended: EffectiveChange[];
  altered: EffectiveChange[];
  cut: boolean;
}

interface Change {
  kind: ValidityChangeKind;
  knownOn: IsoDate;
  effectOn: IsoDate;
  byNumber: string | null;
  byId: string | null;
  clauses: NamedClause[] | null;
  newTo: IsoDate | null;
}

interface Row {
  id: string;
  title: string;
  documentNumber: string;
  department: string;
  state: PolicyState;
  publishedAt: Date;
  effectiveFrom: IsoDate;
  effectiveTo: IsoDate | null;
  endedOn: IsoDate | null;
  before: boolean;
  changes: Change[] | null;
}

/** In force on the day `day`, whose end is the instant `end`: as the list has it. */
const inForce = (end: string, day: string): string => `(p.published_at < ${end} AND p.effective_from <= ${day} AND (p.effective_to IS NULL OR p.effective_to >= ${day})
  AND NOT (p.state IN ('abolished', 'superseded') AND p.ended_on IS NOT NULL AND p.ended_on <= ${day}))`;

/**
 * What is different in the effective list of the day `to` from that of the earlier day `from`: what came into force, what ended and why, and what was altered in between. A document that began and ended
 * in between is in neither list, and not told.
 */
export async function effectiveChanges(reader: PublicReader, cityId: string, from: IsoDate, to: IsoDate, filter: { departmentId?: string | undefined } = {}): Promise<EffectiveChanges> {
  const ends = [from, to].map((day) => new Date(dayStart(day).getTime() + DAY_MS));
  if (from > to) throw DomainError.invalid('ledger-log:error.daysReversed', [{ field: 'from', key: 'ledger-log:error.daysReversed' }]);
  if (filter.departmentId && !isId(filter.departmentId)) throw DomainError.notFound();
  const rows = await reader.query<Row>(
    `SELECT p.id, p.title, p.document_number AS "documentNumber", d.short_name AS department, p.state, p.published_at AS "publishedAt", p.effective_from::text AS "effectiveFrom",
       p.effective_to::text AS "effectiveTo", p.ended_on::text AS "endedOn", s.before, c.changes
     FROM policy p JOIN department d ON d.city_id = p.city_id AND d.id = p.tenant_id
     CROSS JOIN LATERAL (SELECT ${inForce('$2', '$4')} AS before, ${inForce('$3', '$5')} AS after) s
     LEFT JOIN LATERAL (
       SELECT json_agg(json_build_object('kind', v.kind, 'knownOn', (v.known_at AT TIME ZONE 'Asia/Shanghai')::date, 'effectOn', v.effect_on, 'byNumber', a.document_number, 'byId', a.id,
         'clauses', v.clauses, 'newTo', v.new_to) ORDER BY v.effect_on, v.known_at, v.id) AS changes
       FROM validity_change v LEFT JOIN policy a ON a.city_id = v.city_id AND a.id = v.by_policy_id
       WHERE v.city_id = $1 AND v.policy_id = p.id AND v.effect_on > $4 AND v.effect_on <= $5) c ON s.before
     WHERE p.city_id = $1 AND p.public_since IS NOT NULL AND ($6::uuid IS NULL OR p.tenant_id = $6) AND (s.before <> s.after OR (s.before AND c.changes IS NOT NULL))
     ORDER BY p.published_at DESC, p.id DESC LIMIT ${MOST + 1}`, [cityId, ...ends, from, to, filter.departmentId || null]);
  const found: EffectiveChanges = { began: [], ended: [], altered: [], cut: rows.length > MOST };
  for (const row of rows.slice(0, MOST)) {
    const base = { id: row.id, title: row.title, documentNumber: row.documentNumber, department: row.department };
    if (!row.before) {
      const published = chinaDate(row.publishedAt);
      found.began.push({ ...base, ...NOTHING, what: 'began', on: row.effectiveFrom > published ? row.effectiveFrom : published });
      continue;
    }
    const why = endReason(row, to);
    if (why) found.ended.push(endOf(base, row, why));
    else found.altered.push(...(row.changes ?? []).filter(({ kind }) => ALTERS.has(kind)).map((one) => alterationOf(base, one)));
  }
  return found;
}

type Ended = Extract<Validity, 'abolished' | 'superseded' | 'lapsed'>;

/** Why it is not in force on the day, or null: what came first ended it. */
function endReason(row: Row, day: IsoDate): Ended | null {
  const validity = validityOn(row, day);
  if (validity !== 'abolished' && validity !== 'superseded' && validity !== 'lapsed') return null;
  return row.effectiveTo && row.endedOn && dayAfter(row.effectiveTo) < row.endedOn ? 'lapsed' : validity;
}

type Base = Pick<EffectiveChange, 'id' | 'title' | 'documentNumber' | 'department'>;
const NOTHING = { byNumber: null, byId: null, clauses: null, newTo: null };
const ALTERS: ReadonlySet<ValidityChangeKind> = new Set(['amended', 'partly_repealed', 'extended']);

function endOf(base: Base, row: Row, what: Ended): EffectiveChange {
  const by = what === 'superseded' ? row.changes?.find(({ kind }) => kind === 'replaced') : undefined;
  return { ...base, ...NOTHING, byNumber: by?.byNumber ?? null, byId: by?.byId ?? null, what, on: what === 'lapsed' ? dayAfter(row.effectiveTo ?? '') : row.endedOn ?? '' };
}

const alterationOf = (base: Base, { kind, effectOn, byNumber, byId, clauses, newTo }: Change): EffectiveChange =>
  ({ ...base, byNumber, byId, clauses, newTo, what: kind as EffectiveChange['what'], on: effectOn });

/** Everything that happened to the list in the days before and on `today`, newest first. */
export async function recentChanges(reader: PublicReader, cityId: string, today: IsoDate, days: number): Promise<EffectiveChange[]> {
  const from = chinaDate(new Date(dayStart(today).getTime() - days * DAY_MS));
  const { began, ended, altered } = await effectiveChanges(reader, cityId, from, today);
  return [...began, ...ended, ...altered].sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : a.id < b.id ? 1 : -1));
}
