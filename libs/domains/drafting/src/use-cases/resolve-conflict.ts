import { mergeDocuments } from '@core/documents';
import { recordAudit } from '@platform/audit';
import type { Actor } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { mergeNotes } from '../domain/notes';
import { withLineFeeds } from '../domain/text';
import { keepSave } from '../persistence/draft-saves';
import { readConflict } from '../queries/draft-conflict';
import { requireDraft, writeDraft } from './write-draft';

export const CONFLICT_CHOICES = ['mine', 'theirs', 'merge'] as const;
export type ConflictChoice = (typeof CONFLICT_CHOICES)[number];

export interface ConflictInput {
  choice: ConflictChoice;
  /** The row version that the person began from. */
  seen: number;
  /** That of the other side, as the person saw it on the page of the conflict. */
  theirs: number;
  text: string;
  draftingNote: string;
}

export interface ConflictResult {
  /** A merge in which both wordings of some clause stand: nothing is saved, the person goes on with it. */
  unfinished: { text: string; draftingNote: string; rowVersion: number; conflicts: number } | null;
}

/** Settles two saves that met. Whatever is chosen, the text of the other side and one's own both stay in the history of the draft. */
@Injectable()
export class ResolveConflict {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses (`conflict`) when yet another save came in between. */
  run(actor: Actor, policyId: string, input: ConflictInput): Promise<ConflictResult> {
    return this.unitOfWork.run(actor, (tx) => this.resolve(tx, policyId, input));
  }

  private async resolve(tx: TenantTx, policyId: string, { choice, theirs, ...mine }: ConflictInput): Promise<ConflictResult> {
    const { draft } = await requireDraft(tx, policyId);
    const [text, draftingNote] = [withLineFeeds(mine.text), withLineFeeds(mine.draftingNote).trim()];
    if (choice === 'mine') {
      await writeDraft(tx, policyId, { seen: theirs, text, draftingNote, overwrites: true });
      return { unfinished: null };
    }
    await keepSave(tx, draft, { rowVersion: null, text, draftingNote, kept: true, editor: null });
    recordAudit(tx, { action: 'drafting.draft_put_aside', subjectType: 'policy_version', subjectId: draft.id, details: { choice, theirs } });
    if (choice === 'theirs') return { unfinished: null };
    const conflict = await readConflict(tx, policyId, mine.seen);
    const merged = mergeDocuments(conflict.base.text, text, conflict.theirs.text);
    const note = mergeNotes(conflict.base.draftingNote, draftingNote, conflict.theirs.draftingNote);
    if (merged.conflicts > 0) return { unfinished: { text: merged.text, draftingNote: note, rowVersion: conflict.theirs.rowVersion, conflicts: merged.conflicts } };
    await writeDraft(tx, policyId, { seen: theirs, text: merged.text, draftingNote: note, overwrites: true });
    return { unfinished: null };
  }
}
