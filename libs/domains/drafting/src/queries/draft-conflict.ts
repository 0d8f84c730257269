import { reassemble } from '@core/documents';
import { provisionsOf } from '@core/policy';
import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { toProvisions } from '../domain/text';
import { saveAt } from '../persistence/draft-saves';
import { openDraft } from '../persistence/draft-text';

/** Two saves that met: what the draft holds now, and the text that both began from. */
export interface DraftConflict {
  base: { text: string; draftingNote: string };
  theirs: { text: string; draftingNote: string; rowVersion: number; by: string | null; at: Date | null; own: boolean };
}

/** `seen` is the row version that one began from. Where that save was thinned out the one before it serves, an ancestor of both as well. */
export async function readConflict(tx: TenantTx, policyId: string, seen: number): Promise<DraftConflict> {
  const draft = await openDraft(tx, policyId);
  if (!draft) throw DomainError.conflict('drafting:error.noOpenDraft');
  const text = reassemble(toProvisions(await provisionsOf(tx, draft.id)));
  const last = await saveAt(tx, draft.id, draft.rowVersion);
  const base = await saveAt(tx, draft.id, Math.min(seen, draft.rowVersion));
  return {
    base: { text: base?.text ?? '', draftingNote: base?.draftingNote ?? '' },
    theirs: {
      text, draftingNote: draft.draftingNote, rowVersion: draft.rowVersion, by: last?.savedByName ?? null, at: last?.savedAt ?? null,
      own: last?.savedBy === tx.actor.accountId,
    },
  };
}
