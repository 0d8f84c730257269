import { DomainError, isId } from '@platform/kernel';
import type { PublicReader, TenantTx } from '@platform/persistence';
import type { ScanState } from '../domain/attachments';
import { maskPersonal } from '../domain/personal-data';

/** A file of an opinion as the department has it. */
export interface StaffFile {
  id: string;
  tenantId: string;
  opinionId: string;
  no: number;
  filename: string;
  mediaType: string;
  /** In bytes. */
  size: number;
  sha256: string;
  scan: ScanState;
  scanFinding: string | null;
  scannedAt: Date | null;
  released: boolean;
  releasedAt: Date | null;
  releasedByName: string | null;
  /** Of the copy for everybody. */
  publicSha256: string | null;
  rowVersion: number;
}

const STAFF_FILE = `SELECT f.id, f.tenant_id AS "tenantId", f.opinion_id AS "opinionId", f.no, f.filename, f.media_type AS "mediaType", f.size, f.sha256, f.scan, f.scan_finding AS "scanFinding",
    f.scanned_at AS "scannedAt", f.released_at IS NOT NULL AS released, f.released_at AS "releasedAt", x.display_name AS "releasedByName", f.public_sha256 AS "publicSha256", f.row_version AS "rowVersion"
  FROM opinion_attachment f LEFT JOIN account x ON x.city_id = f.city_id AND x.id = f.released_by`;
/** Whoever oversees the city reads what everybody may: in a file nothing can be masked. */
const OWN_FILE = '(f.tenant_id = $2 OR ($3 AND f.released_at IS NOT NULL))';

/** The files of these opinions of the department, in their order. */
export const staffFiles = (tx: TenantTx, opinionIds: readonly string[]): Promise<StaffFile[]> => tx.query<StaffFile>(
  `${STAFF_FILE} WHERE f.city_id = $1 AND ${OWN_FILE} AND f.opinion_id = ANY($4::uuid[]) ORDER BY f.opinion_id, f.no`, [tx.cityId, tx.actor.tenantId, tx.actor.scope === 'city', opinionIds]);

/** One of them, or "not found". */
export async function staffFile(tx: TenantTx, opinionId: string, fileId: string): Promise<StaffFile> {
  if (!isId(opinionId) || !isId(fileId)) throw DomainError.notFound();
  const [file] = await tx.query<StaffFile>(
    `${STAFF_FILE} WHERE f.city_id = $1 AND ${OWN_FILE} AND f.opinion_id = $4 AND f.id = $5`, [tx.cityId, tx.actor.tenantId, tx.actor.scope === 'city', opinionId, fileId]);
  if (!file) throw DomainError.notFound();
  return file;
}

/** A file of an opinion as its author sees it on the receipt. */
export interface OwnFile {
  name: string;
  size: number;
  sha256: string;
  scan: ScanState;
  scanFinding: string | null;
  releasedAt: Date | null;
}

/** The files of an opinion that its author's code has found; runs as the machinery of the city. */
export const ownFiles = (tx: TenantTx, opinionId: string): Promise<OwnFile[]> => tx.query<OwnFile>(
  `SELECT f.filename AS name, f.size, f.sha256, f.scan, f.scan_finding AS "scanFinding", f.released_at AS "releasedAt" FROM opinion_attachment f
   WHERE f.city_id = $1 AND f.opinion_id = $2 ORDER BY f.no`, [tx.cityId, opinionId]);

/** A released file of a shown opinion: the copy that everybody may have. */
export interface PublicFile {
  id: string;
  /** Personal data in it is masked. */
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
  /** False where no scanner is set up. */
  scanned: boolean;
}

const PUBLIC_FILE = `SELECT f.id, f.opinion_id AS "opinionId", f.filename AS name, f.media_type AS "mediaType", f.public_size AS size, f.public_sha256 AS sha256, f.scan = 'clean' AS scanned
  FROM opinion_attachment f JOIN opinion o ON o.city_id = f.city_id AND o.id = f.opinion_id`;
/** As row-level security says for the public role, which stands behind it. */
const PUBLISHED = `f.city_id = $1 AND f.consultation_id = $2 AND f.released_at IS NOT NULL AND f.scan IN ('clean', 'not_scanned') AND o.moderation = 'shown'`;
type PublicRow = PublicFile & { opinionId: string };

const published = ({ opinionId: _opinion, ...file }: PublicRow): PublicFile => ({ ...file, name: maskPersonal(file.name) });

/** The released files of these opinions of a consultation, by the opinion. */
export async function publicFiles(reader: PublicReader, cityId: string, consultationId: string, opinionIds: readonly string[]): Promise<Map<string, PublicFile[]>> {
  const byOpinion = new Map<string, PublicFile[]>();
  if (opinionIds.length === 0) return byOpinion;
  const rows = await reader.query<PublicRow>(`${PUBLIC_FILE} WHERE ${PUBLISHED} AND f.opinion_id = ANY($3::uuid[]) ORDER BY f.opinion_id, f.no`, [cityId, consultationId, opinionIds]);
  for (const row of rows) byOpinion.set(row.opinionId, [...(byOpinion.get(row.opinionId) ?? []), published(row)]);
  return byOpinion;
}

/** One of them, or "not found": also once its opinion is hidden or withdrawn. */
export async function publicFile(reader: PublicReader, cityId: string, consultationId: string, fileId: string): Promise<PublicFile> {
  if (!isId(consultationId) || !isId(fileId)) throw DomainError.notFound();
  const [row] = await reader.query<PublicRow>(`${PUBLIC_FILE} WHERE ${PUBLISHED} AND f.id = $3`, [cityId, consultationId, fileId]);
  if (!row) throw DomainError.notFound();
  return published(row);
}
