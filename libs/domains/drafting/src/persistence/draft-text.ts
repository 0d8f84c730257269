import { ProvisionRow, VersionRow } from '@core/policy';
import type { TenantTx } from '@platform/persistence';

/** The one open draft of a policy, or null. */
export const openDraft = (tx: TenantTx, policyId: string): Promise<VersionRow | null> =>
  tx.repository(VersionRow).findOne({ where: { cityId: tx.cityId, policyId, state: 'draft' } });

type NewProvision = Omit<ProvisionRow, 'cityId' | 'versionId' | 'tenantId' | 'seq' | 'isPublic'>;

/** PostgreSQL takes 65,535 parameters a statement. */
const BATCH = 500;
/** Room between two neighbours, so that a clause put between them moves no other row. */
const GAP = 1024;

/** Puts a text into an open draft that has none. */
export const writeText = (tx: TenantTx, version: VersionRow, provisions: readonly NewProvision[]): Promise<void> =>
  insert(tx, version, provisions.map((provision, at) => ({ ...provision, seq: (at + 1) * GAP })));

/** Brings the text of an open draft to a new state; rows that stay as they are are not touched. `old` is what it holds now, in order. */
export async function replaceText(tx: TenantTx, version: VersionRow, old: readonly ProvisionRow[], provisions: readonly NewProvision[]): Promise<void> {
  const rows = numbered(old, provisions);
  const now = new Map(rows.map((row) => [row.clauseId, row]));
  const before = new Map(old.map((row) => [row.clauseId, row]));
  const gone = old.filter((row) => !same(row, now.get(row.clauseId))).map((row) => row.clauseId);
  if (gone.length > 0) await tx.query('DELETE FROM provision WHERE city_id = $1 AND version_id = $2 AND clause_id = ANY($3)', [tx.cityId, version.id, gone]);
  await insert(tx, version, rows.filter((row) => !same(row, before.get(row.clauseId))));
}

type Numbered = NewProvision & { seq: number };

/** Keeps the place of every clause that stands where it stood, and finds one between them for the others; all are placed anew where there is no room. */
function numbered(old: readonly ProvisionRow[], provisions: readonly NewProvision[]): Numbered[] {
  const places = new Map(old.map((row) => [row.clauseId, row.seq]));
  const rows = provisions.map((provision) => ({ ...provision, seq: places.get(provision.clauseId) ?? 0 }));
  let last = 0;
  for (const [at, row] of rows.entries()) {
    if (row.seq <= last) {
      const next = rows.slice(at + 1).find(({ seq }) => seq > last)?.seq ?? last + 2 * GAP;
      row.seq = last + Math.min(GAP, Math.floor((next - last) / 2));
    }
    if (row.seq <= last) return provisions.map((provision, index) => ({ ...provision, seq: (index + 1) * GAP }));
    last = row.seq;
  }
  return rows;
}

const FIELDS = ['seq', 'parentId', 'identity', 'kind', 'number', 'label', 'lead', 'text', 'unrecognised'] as const;

const same = (one: Numbered | ProvisionRow, other: Numbered | ProvisionRow | undefined): boolean => other !== undefined && FIELDS.every((field) => one[field] === other[field]);

async function insert(tx: TenantTx, version: VersionRow, provisions: readonly Numbered[]): Promise<void> {
  const rows = provisions.map((provision) => ({ ...provision, cityId: tx.cityId, versionId: version.id, tenantId: version.tenantId, isPublic: false }));
  for (let at = 0; at < rows.length; at += BATCH) await tx.repository(ProvisionRow).insert(rows.slice(at, at + BATCH));
}
