import type { PolicyState } from '@core/policy';
import { formatDocumentNumber } from '@core/statutes';
import type { IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { checkNumbers, type NumberCheck } from '../domain/number-check';

/** One line of the register of document numbers (发文登记簿). */
export interface RegisterEntry {
  number: string;
  code: string;
  year: number;
  seq: number;
  departmentId: string;
  department: string;
  policyId: string;
  title: string;
  state: PolicyState;
  effectiveFrom: IsoDate | null;
  effectiveTo: IsoDate | null;
  endedOn: IsoDate | null;
  /** Who signed the text for issue (签发人), and who registered it. */
  approver: string | null;
  approvedAt: Date | null;
  registrar: string | null;
  registeredAt: Date;
}

export interface RegisterFilter {
  year: number;
  departmentId?: string | undefined;
  after?: string | undefined;
}

const PAGE = 50;
type Row = Omit<RegisterEntry, 'number'>;

/** The key of a line as a cursor. */
const cursorOf = ({ code, departmentId, seq }: RegisterEntry): string => `${seq}.${departmentId}.${code}`;

function afterOf(after: string | undefined): { code: string; departmentId: string; seq: number } | null {
  const [, seq, departmentId, code] = /^(\d{1,9})\.([0-9a-f-]{36})\.(.+)$/.exec(after ?? '') ?? [];
  return seq && departmentId && code ? { seq: Number(seq), departmentId, code } : null;
}

async function read(tx: TenantTx, { year, departmentId, after }: RegisterFilter, limit: number | null): Promise<RegisterEntry[]> {
  const from = afterOf(after);
  const rows = await tx.query<Row>(
    `SELECT r.code, r.year, r.seq, r.tenant_id AS "departmentId", d.short_name AS department, r.policy_id AS "policyId", p.title, p.state,
       p.effective_from::text AS "effectiveFrom", p.effective_to::text AS "effectiveTo", p.ended_on::text AS "endedOn",
       a.display_name AS approver, x.approved_at AS "approvedAt", g.display_name AS registrar, r.registered_at AS "registeredAt"
     FROM document_register r
     JOIN policy p ON p.city_id = r.city_id AND p.id = r.policy_id
     JOIN department d ON d.city_id = r.city_id AND d.id = r.tenant_id
     LEFT JOIN account g ON g.city_id = r.city_id AND g.id = r.registered_by
     LEFT JOIN drafting_approval x ON x.city_id = p.city_id AND x.version_id = p.current_version_id
     LEFT JOIN account a ON a.city_id = x.city_id AND a.id = x.approved_by
     WHERE r.city_id = $1 AND r.year = $2 AND ($3::uuid IS NULL OR r.tenant_id = $3) AND ($4::text IS NULL OR (r.code, r.tenant_id, r.seq) > ($4, $5::uuid, $6::integer))
     ORDER BY r.code, r.tenant_id, r.seq LIMIT $7`,
    [tx.cityId, year, departmentId ?? null, from?.code ?? null, from?.departmentId ?? null, from?.seq ?? null, limit]);
  return rows.map((row) => ({ ...row, number: formatDocumentNumber(row.code, row.year, row.seq) }));
}

/** A year's document numbers that the person who acts may see: the department's own, or the city's for who oversees it. Fifty at a time. */
export async function documentRegister(tx: TenantTx, filter: RegisterFilter): Promise<{ items: RegisterEntry[]; next: string | null }> {
  const found = await read(tx, filter, PAGE + 1);
  const items = found.slice(0, PAGE);
  const last = items.at(-1);
  return { items, next: found.length > PAGE && last ? cursorOf(last) : null };
}

/** All of a year, for a file. */
export const documentRegisterExport = (tx: TenantTx, filter: Omit<RegisterFilter, 'after'>): Promise<RegisterEntry[]> => read(tx, filter, null);

export interface RegisterCheck extends NumberCheck {
  department: string;
  code: string;
  /** Policies that carry another number than the register says. */
  mismatched: string[];
}

/** For each department and code of its documents in a year (notices are numbered under codes of their own): whether the numbers run from 1 without gap or double, and stand on their policies. */
export async function checkRegister(tx: TenantTx, { year, departmentId }: RegisterFilter): Promise<RegisterCheck[]> {
  const rows = await tx.query<{ department: string; code: string; counter: number; numbers: { seq: number; policyId: string; number: string | null }[] | null }>(
    `SELECT d.short_name AS department, c.code, c.last AS counter,
       (SELECT json_agg(json_build_object('seq', r.seq, 'policyId', r.policy_id, 'number', p.document_number) ORDER BY r.seq)
        FROM document_register r JOIN policy p ON p.city_id = r.city_id AND p.id = r.policy_id
        WHERE r.city_id = $1 AND r.tenant_id = c.tenant_id AND r.code = c.code AND r.year = c.year) AS numbers
     FROM document_counter c JOIN department d ON d.city_id = c.city_id AND d.id = c.tenant_id
     WHERE c.city_id = $1 AND c.year = $2 AND ($3::uuid IS NULL OR c.tenant_id = $3)
       AND (c.code = d.document_code OR EXISTS (SELECT 1 FROM document_register r WHERE r.city_id = $1 AND r.tenant_id = c.tenant_id AND r.code = c.code)) ORDER BY c.code, c.tenant_id`, [tx.cityId, year, departmentId ?? null]);
  return rows.map(({ department, code, counter, numbers }) => {
    const mismatched = (numbers ?? []).filter(({ seq, number }) => number !== formatDocumentNumber(code, year, seq)).map(({ policyId }) => policyId);
    const check = checkNumbers((numbers ?? []).map(({ seq }) => seq), counter);
    return { department, code, mismatched, ...check, whole: check.whole && mismatched.length === 0 };
  });
}

/** The years in which anything was numbered, newest first. */
export const registerYears = async (tx: TenantTx): Promise<number[]> =>
  (await tx.query<{ year: number }>('SELECT DISTINCT year FROM document_counter WHERE city_id = $1 ORDER BY year DESC', [tx.cityId])).map(({ year }) => year);
