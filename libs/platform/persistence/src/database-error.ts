import { QueryFailedError } from 'typeorm';

/** The SQLSTATE of an error that came from the database, or undefined. */
export function databaseErrorCode(error: unknown): string | undefined {
  const cause = error instanceof QueryFailedError ? error.driverError : error;
  const code = (cause as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Connection lost, refused or full: SQLSTATE classes 08 and 57P0x, and what the operating system says. */
const AWAY = /^(08...|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE)$/;

/** Whether the database is away or being restarted, so that trying again makes sense. */
export function databaseIsAway(error: unknown): boolean {
  const message = error instanceof Error ? error.message : '';
  return AWAY.test(databaseErrorCode(error) ?? '') || /Connection terminated|connection timeout|Client has encountered a connection error/i.test(message);
}
