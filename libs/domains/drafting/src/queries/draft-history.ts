import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type DraftSave, keptSaves, readSave, type SaveEntry } from '../persistence/draft-saves';
import { requireDraft } from '../use-cases/write-draft';

/** The history of the open draft that one may write; `conflict` when none is open. */
export async function listDraftSaves(tx: TenantTx, policyId: string): Promise<SaveEntry[]> {
  const { draft } = await requireDraft(tx, policyId);
  return keptSaves(tx, draft.id);
}

/** One entry of it with its text, or "not found". */
export async function readDraftSave(tx: TenantTx, policyId: string, saveId: string): Promise<DraftSave> {
  const { draft } = await requireDraft(tx, policyId);
  const save = isId(saveId) ? await readSave(tx, draft.id, saveId) : null;
  if (!save) throw DomainError.notFound();
  return save;
}
