import { DomainError, isId, type IsoDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import { searchQuery } from '@platform/search';
import type { PolicyKind } from '../domain/kinds';
import type { PolicyState } from '../domain/life-cycle';
import { type Validity, validityOn } from '../domain/validity';

export interface PublicPolicyItem {
  id: string;
  title: string;
  summary: string;
  kind: PolicyKind;
  state: PolicyState;
  documentNumber: string | null;
  department: string;
  publishedAt: Date | null;
  effectiveFrom: IsoDate | null;
  effectiveTo: IsoDate | null;
  validity: Validity | null;
}

export interface PublicPolicyFilter {
  cityId: string;
  q?: string | undefined;
  kind?: string | undefined;
  departmentId?: string | undefined;
  /** The last entry of the page before: `<publication instant>_<id>`. */
  after?: string | undefined;
}

type Row = Omit<PublicPolicyItem, 'validity'> & { endedOn: IsoDate | null };

const PAGE = 20;
/** Dates as text: a calendar day has no time zone to be shifted in. */
const COLUMNS = `p.id, p.title, p.summary, p.kind, p.state, p.document_number AS "documentNumber", d.short_name AS department,
  p.published_at AS "publishedAt", p.effective_from::text AS "effectiveFrom", p.effective_to::text AS "effectiveTo", p.ended_on::text AS "endedOn"`;

function parseCursor(after: string | undefined): [string | null, string | null] {
  if (!after) return [null, null];
  const [at, id] = after.split('_');
  if (!at || Number.isNaN(Date.parse(at)) || !isId(id)) throw DomainError.invalid('common:error.badCursor');
  return [at, id];
}

const withValidity = ({ endedOn, ...row }: Row, today: IsoDate): PublicPolicyItem => ({ ...row, validity: validityOn({ ...row, endedOn }, today) });

/** Published policies of a city, newest first, twenty a page. */
export async function listPublicPolicies(reader: PublicReader, filter: PublicPolicyFilter, today: IsoDate): Promise<{ items: PublicPolicyItem[]; next: string | null }> {
  const [at, id] = parseCursor(filter.after);
  if (filter.departmentId && !isId(filter.departmentId)) return { items: [], next: null };
  const rows = await reader.query<Row>(
    `SELECT ${COLUMNS} FROM policy p JOIN department d ON d.city_id = p.city_id AND d.id = p.tenant_id
     WHERE p.city_id = $1 AND p.public_since IS NOT NULL AND p.published_at IS NOT NULL
       AND ($2::text IS NULL OR p.kind = $2) AND ($3::uuid IS NULL OR p.tenant_id = $3)
       AND ($4::text IS NULL OR p.search @@ $4::tsquery)
       AND ($5::timestamptz IS NULL OR (p.published_at, p.id) < ($5::timestamptz, $6::uuid))
     ORDER BY p.published_at DESC, p.id DESC LIMIT ${PAGE + 1}`,
    [filter.cityId, filter.kind || null, filter.departmentId || null, filter.q ? searchQuery(filter.q) : null, at, id]);
  const items = rows.slice(0, PAGE).map((row) => withValidity(row, today));
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last?.publishedAt ? `${last.publishedAt.toISOString()}_${last.id}` : null };
}

export interface PublicProvision {
  clauseId: string;
  parentId: string | null;
  identity: string;
  kind: string;
  label: string;
  text: string;
}

export interface PublicEvent {
  seq: number;
  name: string;
  from: PolicyState;
  to: PolicyState;
  at: Date;
  hash: string;
}

export interface PublicPolicyPage extends PublicPolicyItem {
  departmentId: string;
  /** First day on which an abolition or a replacement holds, also one to come. */
  endedOn: IsoDate | null;
  topics: string[];
  audience: string[];
  versionId: string | null;
  versionNo: number | null;
  textHash: string | null;
  provisions: PublicProvision[];
  events: PublicEvent[];
}

interface PageRow extends Row {
  departmentId: string;
  topics: string[];
  audience: string[];
  versionId: string | null;
  versionNo: number | null;
  textHash: string | null;
  provisions: PublicProvision[] | null;
  events: (Omit<PublicEvent, 'at'> & { at: string })[] | null;
}

/** Everything of one policy that everybody may see, in one statement: the text of its newest public version and its public record. */
export async function readPublicPolicy(reader: PublicReader, cityId: string, id: string, today: IsoDate): Promise<PublicPolicyPage> {
  if (!isId(id)) throw DomainError.notFound();
  const [row] = await reader.query<PageRow>(
    `SELECT ${COLUMNS}, p.tenant_id AS "departmentId", p.topics, p.audience, v.id AS "versionId", v.no AS "versionNo", v.text_hash AS "textHash",
       (SELECT json_agg(json_build_object('clauseId', o.clause_id, 'parentId', o.parent_id, 'identity', o.identity, 'kind', o.kind, 'label', o.label, 'text', o.text) ORDER BY o.seq)
        FROM provision o WHERE o.city_id = $1 AND o.version_id = v.id) AS provisions,
       (SELECT json_agg(json_build_object('seq', e.seq, 'name', e.name, 'from', e.from_state, 'to', e.to_state, 'at', e.at, 'hash', e.hash) ORDER BY e.seq)
        FROM life_cycle_event e WHERE e.city_id = $1 AND e.policy_id = p.id AND e.is_public) AS events
     FROM policy p JOIN department d ON d.city_id = p.city_id AND d.id = p.tenant_id
     LEFT JOIN LATERAL (SELECT id, no, text_hash FROM policy_version w WHERE w.city_id = $1 AND w.policy_id = p.id AND w.is_public ORDER BY no DESC LIMIT 1) v ON true
     WHERE p.city_id = $1 AND p.id = $2 AND p.public_since IS NOT NULL`, [cityId, id]);
  if (!row) throw DomainError.notFound();
  return {
    ...row,
    validity: validityOn(row, today),
    provisions: row.provisions ?? [],
    events: (row.events ?? []).map((event) => ({ ...event, at: new Date(event.at) })),
  };
}
