import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DomainError } from '@platform/kernel';

/** The project's folder, where the texts lie. */
export const home = process.env['POLICYLOOP_HOME'] ?? process.cwd();

/** Prints a value: as one JSON line, or for people as `key: value` lines. */
export function print(value: object, json: boolean | undefined): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(value)}\n`);
    return;
  }
  const lines = Object.entries(value).map(([key, item]) => `${key}: ${typeof item === 'object' && item !== null ? JSON.stringify(item) : String(item)}`);
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

/** The words of a refusal, in Chinese, on one line. */
export function message(error: Pick<DomainError, 'key' | 'details'>): string {
  const [namespace = 'common', path = ''] = error.key.split(':');
  try {
    const texts: unknown = JSON.parse(readFileSync(join(home, 'apps/web/locales/zh', `${namespace}.json`), 'utf8'));
    const text = path.split('.').reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], texts);
    if (typeof text === 'string') return text.replace(/\{\{(\w+)\}\}/g, (_match, name: string) => String(error.details.params?.[name] ?? ''));
  } catch {
    // Without the catalogue the key itself is still clear to an operator.
  }
  return error.key;
}
