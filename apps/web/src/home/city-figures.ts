import type { PublicReader } from '@platform/persistence';

/** The city's public figures, each with the way to the records that it counts. */
export async function cityFigures(reader: PublicReader, cityId: string) {
  const [row] = await reader.query<{ published: number; consulting: number; departments: number }>(
    `SELECT (SELECT count(*)::int FROM policy WHERE city_id = $1 AND published_at IS NOT NULL) AS published,
            (SELECT count(*)::int FROM policy WHERE city_id = $1 AND state = 'consulting') AS consulting,
            (SELECT count(*)::int FROM department WHERE city_id = $1) AS departments`, [cityId]);
  return [
    { value: row?.published ?? 0, key: 'published', href: `/${cityId}/policies` },
    { value: row?.consulting ?? 0, key: 'consulting', href: `/${cityId}/consultations` },
    { value: row?.departments ?? 0, key: 'departments', href: `/${cityId}/effective` },
  ];
}
