import { PublicReader } from '@platform/persistence';
import type { INestApplicationContext } from '@nestjs/common';

/** Refuses with one line for a city that is not there. */
export async function requireCity(app: INestApplicationContext, code: string): Promise<void> {
  const [city] = await app.get(PublicReader).query('SELECT id FROM city WHERE id = $1', [code]);
  if (!city) throw new Error(`没有这个城市：${code}`);
}
