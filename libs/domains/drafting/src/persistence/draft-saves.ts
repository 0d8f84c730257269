import type { VersionRow } from '@core/policy';
import { newId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

/** How many of the newest saves stay whatever they are: the base of who has had the page open since then. */
const RECENT = 60;
/** Of older automatic ones, every so many-th stays: an older base still is an ancestor of both sides. */
const EVERY = 20;
/** Automatic saves of one person within so long are one entry of the history and one line of the audit log. */
export const STRETCH_MINUTES = 10;

/** What an open draft held after one save. */
export interface DraftSave {
  id: string;
  /** Null for a text that was put aside in a conflict. */
  rowVersion: number | null;
  text: string;
  draftingNote: string;
  savedBy: string;
  savedByName: string;
  savedAt: Date;
  editor: string | null;
}

export type NewSave = Pick<DraftSave, 'rowVersion' | 'text' | 'draftingNote' | 'editor'> & { kept: boolean; savedBy?: string; savedAt?: Date };

const SELECT = `SELECT s.id, s.row_version AS "rowVersion", s.text, s.drafting_note AS "draftingNote", s.saved_by AS "savedBy", a.display_name AS "savedByName", s.saved_at AS "savedAt", s.editor
  FROM draft_save s JOIN account a ON a.city_id = s.city_id AND a.id = s.saved_by`;

/** Writes one save down. One of that row version that is there already stays as it is. */
export async function keepSave(tx: TenantTx, draft: Pick<VersionRow, 'id' | 'tenantId'>, save: NewSave): Promise<void> {
  await tx.query(
    `INSERT INTO draft_save (city_id, id, tenant_id, version_id, row_version, text, drafting_note, kept, editor, saved_by, saved_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (city_id, version_id, row_version) DO NOTHING`,
    [tx.cityId, newId(), draft.tenantId, draft.id, save.rowVersion, save.text, save.draftingNote, save.kept, save.editor, save.savedBy ?? tx.actor.accountId, save.savedAt ?? tx.at]);
}

/** Takes away automatic saves that are neither recent nor one of the few that stay as bases. */
export async function thinSaves(tx: TenantTx, versionId: string, rowVersion: number): Promise<void> {
  await tx.query(
    `DELETE FROM draft_save WHERE city_id = $1 AND version_id = $2 AND NOT kept AND row_version <= $3 AND row_version % ${EVERY} <> 0`, [tx.cityId, versionId, rowVersion - RECENT]);
}

/** Keeps the save of a row version for good: somebody wrote over it on purpose. */
export async function keepForGood(tx: TenantTx, versionId: string, rowVersion: number): Promise<void> {
  await tx.query('UPDATE draft_save SET kept = true WHERE city_id = $1 AND version_id = $2 AND row_version = $3', [tx.cityId, versionId, rowVersion]);
}

/** Whether the person who acts has an entry in the history of this draft within the last ten minutes, which an automatic save goes under. */
export async function inStretch(tx: TenantTx, versionId: string): Promise<boolean> {
  const [row] = await tx.query(
    `SELECT 1 FROM draft_save WHERE city_id = $1 AND version_id = $2 AND saved_by = $3 AND kept AND saved_at > $4::timestamptz - interval '${STRETCH_MINUTES} minutes' LIMIT 1`,
    [tx.cityId, versionId, tx.actor.accountId, tx.at]);
  return row !== undefined;
}

/** The newest save at or before a row version, or null. */
export async function saveAt(tx: TenantTx, versionId: string, rowVersion: number): Promise<DraftSave | null> {
  const [row] = await tx.query<DraftSave>(
    `${SELECT} WHERE s.city_id = $1 AND s.version_id = $2 AND s.row_version <= $3 ORDER BY s.row_version DESC LIMIT 1`, [tx.cityId, versionId, rowVersion]);
  return row ?? null;
}

/** One entry of the history of a version, or null. */
export async function readSave(tx: TenantTx, versionId: string, id: string): Promise<DraftSave | null> {
  const [row] = await tx.query<DraftSave>(`${SELECT} WHERE s.city_id = $1 AND s.version_id = $2 AND s.id = $3`, [tx.cityId, versionId, id]);
  return row ?? null;
}

/** An entry of the history without its text. */
export interface SaveEntry {
  id: string;
  rowVersion: number | null;
  savedByName: string;
  savedAt: Date;
  characters: number;
}

/** The history of a draft, newest first, a hundred entries at most. */
export const keptSaves = (tx: TenantTx, versionId: string): Promise<SaveEntry[]> =>
  tx.query<SaveEntry>(
    `SELECT s.id, s.row_version AS "rowVersion", a.display_name AS "savedByName", s.saved_at AS "savedAt", length(s.text) AS characters
     FROM draft_save s JOIN account a ON a.city_id = s.city_id AND a.id = s.saved_by
     WHERE s.city_id = $1 AND s.version_id = $2 AND s.kept ORDER BY s.saved_at DESC, s.id DESC LIMIT 100`, [tx.cityId, versionId]);
