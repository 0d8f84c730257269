import { type Blocker, DUE_LIMIT, type DueItem, type DueSource, KIND_RULES, type PolicyKind } from '@core/policy';
import { effectiveParameter } from '@core/statutes';
import { chinaDate, type IsoDate } from '@platform/kernel';
import { INTERPRETATION_ARTICLE, isStale, type MaterialKind, type MaterialState, readiness } from '../domain/material';

interface Material {
  kind: MaterialKind;
  title: string;
  state: MaterialState;
  textHash: string | null;
  writtenOn: IsoDate;
}

interface Row {
  policyId: string;
  tenantId: string;
  title: string;
  kind: PolicyKind;
  state: 'reviewing' | 'deliberating' | 'approved';
  textHash: string | null;
  /** Since when it is in its state. */
  since: IsoDate;
  materials: Material[];
}

type Basis = DueItem['basis'];

/**
 * The interpretations that must go out with a policy: owed from the day on which its text goes to review, waiting for approval, and, once the policy
 * is approved, holding its publication. They go out in the same transaction as the policy, so no day of their own can be missed: the days of
 * 国办发〔2016〕80号 count from a publication that is refused without them.
 */
export const releaseDue: DueSource = {
  key: 'interpretation.release',
  async list(tx, { departmentId }) {
    const kinds = (Object.keys(KIND_RULES) as PolicyKind[]).filter((kind) => KIND_RULES[kind].interpretation);
    const rows = await tx.query<Row>(
      `SELECT p.id AS "policyId", p.tenant_id AS "tenantId", p.title, p.kind, p.state,
         (SELECT v.text_hash FROM policy_version v WHERE v.city_id = $1 AND v.policy_id = p.id AND v.state = 'submitted' ORDER BY v.no DESC LIMIT 1) AS "textHash",
         (SELECT (coalesce(max(e.at)::timestamptz, p.created_at) AT TIME ZONE 'Asia/Shanghai')::date::text FROM life_cycle_event e
          WHERE e.city_id = $1 AND e.policy_id = p.id AND e.to_state = p.state AND e.from_state <> e.to_state) AS since,
         coalesce((SELECT json_agg(json_build_object('kind', m.kind, 'title', m.title, 'state', m.state, 'textHash', m.text_hash,
                 'writtenOn', (m.written_at AT TIME ZONE 'Asia/Shanghai')::date::text) ORDER BY m.written_at, m.id)
               FROM interpretation_material m WHERE m.city_id = $1 AND m.policy_id = p.id), '[]') AS materials
       FROM policy p
       WHERE p.city_id = $1 AND p.state IN ('reviewing', 'deliberating', 'approved') AND p.kind = ANY($3) AND ($2::uuid IS NULL OR p.tenant_id = $2)
       ORDER BY array_position(ARRAY['approved', 'deliberating', 'reviewing'], p.state), p.created_at, p.id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId, kinds]);
    const rule = await effectiveParameter(tx, 'interp', chinaDate(tx.at), departmentId);
    const basis: Basis = { paramId: rule.id, article: rule.source.zh, from: null, days: null, unit: null };
    return rows.flatMap((row) => itemsOf(row, basis));
  },
};

function itemsOf(row: Row, basis: Basis): DueItem[] {
  const { missing, stale } = readiness(row.materials, row.textHash);
  const unwritten = missing.filter((kind) => !row.materials.some((material) => material.kind === kind));
  const unapproved = row.materials.filter((material) => material.state === 'draft' || isStale(material, row.textHash));
  return [
    ...(unwritten.length > 0 ? [itemOf(row, 'write', 'interpreter', basis)] : []),
    ...(unapproved.length > 0 ? [itemOf(row, 'approve', 'department_head', basis)] : []),
    ...(row.state === 'approved' ? [{
      ...itemOf(row, 'release', 'registrar', basis), ...(missing.length + stale.length === 0 ? { href: `/console/policies/${row.policyId}/dockets` } : {}),
      blockedBy: [...unwritten.map((kind) => unwrittenOf(row, kind)), ...(unapproved.length > 0 ? [unapprovedOf(row, unapproved)] : [])],
    }] : []),
  ];
}

const hrefOf = ({ policyId }: Row): string => `/console/policies/${policyId}/interpretation`;

const itemOf = (row: Row, kind: string, role: NonNullable<DueItem['role']>, basis: Basis): DueItem => ({
  key: `interpretation/${row.policyId}/${kind}`, kind: `interpretation.${kind}`, title: row.title, href: hrefOf(row), policyId: row.policyId, departmentId: row.tenantId,
  accountId: null, role, roleIn: [row.tenantId], dueOn: null, basis,
});

const blockerOf = (row: Row, more: Pick<Blocker, 'key' | 'params' | 'since' | 'role'>): Blocker => ({
  gate: 'interpretation.ready', article: INTERPRETATION_ARTICLE, accountIds: [], roleIn: [row.tenantId], href: hrefOf(row), ...more,
});

const unwrittenOf = (row: Row, kind: MaterialKind): Blocker =>
  blockerOf(row, { key: kind === 'text' ? 'interpretation:gate.noText' : 'interpretation:gate.noPicture', since: row.since, role: 'interpreter' });

const unapprovedOf = (row: Row, materials: readonly Material[]): Blocker => blockerOf(row, {
  key: 'interpretation:gate.unapproved', params: { count: materials.length, titles: materials.map(({ title }) => title).join('、') },
  since: materials.map(({ writtenOn }) => writtenOn).sort()[0] ?? null, role: 'department_head',
});
