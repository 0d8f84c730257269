import type { ColumnOptions } from 'typeorm';

/** `bigint` comes from PostgreSQL as text; an amount in fen is a safe whole number. */
export const fenColumn = (name: string): ColumnOptions & { type: 'bigint' } => ({
  type: 'bigint', name, transformer: { from: (value: string) => Number(value), to: (value: unknown) => value },
});
