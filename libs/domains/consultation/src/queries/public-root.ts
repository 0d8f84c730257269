import { DomainError, isId } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import { fingerprintOf, type RootFile } from '../domain/proof-files';

/** A published root without its leaves. */
export interface PublicRoot {
  cityId: string;
  consultationId: string;
  versionId: string;
  size: number;
  root: string;
  closedAt: Date;
  computedAt: Date;
}

/** The file that everybody may keep; `leaves` only where asked for. */
export function rootFile({ cityId, consultationId, versionId, size, root, closedAt, computedAt }: PublicRoot, leaves?: string[]): RootFile {
  const members = {
    format: 'policyloop-root', version: 1, algorithm: 'RFC9162-SHA256', city: cityId, consultation: consultationId, draft: versionId, size, root,
    closedAt: closedAt.toISOString(), computedAt: computedAt.toISOString(), published: `/${cityId}/consultations/${consultationId}`,
  } as const;
  return { ...members, fingerprint: fingerprintOf(members), ...(leaves ? { leaves } : {}) };
}

/** The root of a consultation; null while it is open or its root is not computed yet, and for an id that does not exist. */
export async function publicRoot(reader: PublicReader, cityId: string, consultationId: string): Promise<PublicRoot | null> {
  if (!isId(consultationId)) return null;
  const [row] = await reader.query<PublicRoot>(
    `SELECT city_id AS "cityId", consultation_id AS "consultationId", version_id AS "versionId", size, root, closed_at AS "closedAt", computed_at AS "computedAt"
     FROM consultation_root WHERE city_id = $1 AND consultation_id = $2`, [cityId, consultationId]);
  return row ?? null;
}

/** As `publicRoot`, or "not found". */
export async function requireRoot(reader: PublicReader, cityId: string, consultationId: string): Promise<PublicRoot> {
  const root = await publicRoot(reader, cityId, consultationId);
  if (!root) throw DomainError.notFound('inclusion:error.noRoot');
  return root;
}
