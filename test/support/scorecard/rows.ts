import type { Client } from 'pg';

export type Row = Record<string, unknown>;

/** Rows of several tables, put in as they are: nothing of the product has a hand in it. */
export class Rows {
  private readonly tables = new Map<string, Row[]>();

  constructor(private readonly cityId: string) {}

  add(table: string, row: Row): void {
    this.tables.set(table, [...(this.tables.get(table) ?? []), { city_id: this.cityId, ...row }]);
  }

  /** In the order given, as keys point from later tables to earlier ones. Rows of one table may have different columns. */
  async write(client: Client, order: readonly string[]): Promise<void> {
    const unknown = [...this.tables.keys()].filter((table) => !order.includes(table));
    if (unknown.length > 0) throw new Error(`no order for ${unknown.join()}`);
    for (const table of order) {
      const byShape = new Map<string, Row[]>();
      for (const row of this.tables.get(table) ?? []) {
        const shape = Object.keys(row).filter((name) => row[name] !== undefined).sort().join(', ');
        byShape.set(shape, [...(byShape.get(shape) ?? []), row]);
      }
      for (const [shape, rows] of byShape) {
        await client.query(`INSERT INTO ${table} (${shape}) SELECT ${shape} FROM jsonb_populate_recordset(NULL::${table}, $1)`, [JSON.stringify(rows)]);
      }
    }
    this.tables.clear();
  }
}
