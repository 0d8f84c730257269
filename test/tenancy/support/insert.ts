import type { Client } from 'pg';

/** A department with the people whose names stand under its things. */
export interface Home {
  key: string;
  cityId: string;
  tenantId: string;
  /** Account ids by role, and of two enterprises and two experts of the city. */
  staff: Readonly<Record<string, string>>;
  enterprises: readonly { accountId: string; enterpriseId: string }[];
  experts: readonly { accountId: string; expertId: string }[];
  at: Date;
  /** A picture that lies in the file store. */
  picture: { sha256: string; size: number };
}

/** Ids of one department's things by what they are: `policy.drafting`, `docket`, `call.open` … */
export type Specimens = Record<string, string>;

/** Writes a row as the owner. Objects become JSON. */
export type Insert = (table: string, values: Record<string, unknown>) => Promise<string>;

const encode = (value: unknown): unknown =>
  (value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date) && !Buffer.isBuffer(value) ? JSON.stringify(value) : value);

export function inserter(client: Client, { cityId, tenantId }: Home): Insert {
  return async (table, values) => {
    const row: Record<string, unknown> = { city_id: cityId, tenant_id: tenantId, ...values };
    const columns = Object.keys(row).filter((name) => row[name] !== undefined);
    await client.query(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_name, index) => `$${index + 1}`).join(', ')})`, columns.map((name) => encode(row[name])));
    return String(row['id'] ?? '');
  };
}
