import { carryIdentity, parseText, reassemble } from '@core/documents';
import { policies, type PolicyRow, provisionsOf, type VersionRow, versions } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { DomainError, newId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { toProvisions, withLineFeeds } from '../domain/text';
import { assertCan } from '../drafting.access';
import { inStretch, keepForGood, keepSave, saveAt, thinSaves } from '../persistence/draft-saves';
import { openDraft, replaceText } from '../persistence/draft-text';
import { noteDrafter } from '../persistence/drafters';

export interface DraftText {
  /** The `rowVersion` of the draft that the person saw; somebody else's save in between is a `conflict`. */
  seen: number;
  /** The whole text. */
  text: string;
  draftingNote: string;
  /** Which page is open where; what that page itself saved last is no save in between, though its answer got lost on the way. */
  editor?: string | undefined;
  /** Nobody pressed a button. */
  automatic?: boolean | undefined;
  /** The person has seen what stands there and writes over it: it stays in the history. */
  overwrites?: boolean | undefined;
}

export interface SavedDraft {
  rowVersion: number;
  articles: number;
  provisions: number;
  /** Provisions that look like structure and were not understood. */
  unrecognised: number;
  savedAt: Date;
}

/** The open draft of a policy that one may write, with the policy held so that it is not submitted meanwhile. */
export async function requireDraft(tx: TenantTx, policyId: string): Promise<{ policy: PolicyRow; draft: VersionRow }> {
  const policy = await policies.lockForShare(tx, policyId);
  assertCan(tx.actor, 'drafting.write', policy);
  const draft = await openDraft(tx, policyId);
  if (policy.state !== 'drafting' || !draft) throw DomainError.conflict('drafting:error.noOpenDraft');
  return { policy, draft };
}

/**
 * Saves the open draft: the text is taken apart into provisions, each keeping the identity of the clause it comes from. Refuses a draft that
 * was changed meanwhile (`conflict`), unless it holds what is being saved already.
 */
export async function writeDraft(tx: TenantTx, policyId: string, input: DraftText): Promise<SavedDraft> {
  const { policy, draft } = await requireDraft(tx, policyId);
  const parsed = parseText(withLineFeeds(input.text), policy.title);
  const text = reassemble(parsed.provisions);
  const draftingNote = withLineFeeds(input.draftingNote).trim();
  const figures = { articles: parsed.articles, provisions: parsed.provisions.length, unrecognised: parsed.unrecognised.length };
  const last = await saveAt(tx, draft.id, draft.rowVersion);
  const current = last?.rowVersion === draft.rowVersion ? last : null;
  if (input.seen < draft.rowVersion && current?.text === text && current.draftingNote === draftingNote) return { rowVersion: draft.rowVersion, savedAt: current.savedAt, ...figures };
  const ownLast = input.editor !== undefined && current?.editor === input.editor && current.savedBy === tx.actor.accountId;
  const seen = ownLast ? draft.rowVersion : input.seen;
  await versions.updateVersioned(tx, draft.id, seen, { draftingNote });
  const old = await provisionsOf(tx, draft.id);
  // The state before the first save is the base of whoever has it open.
  if (!last) await keepSave(tx, draft, { rowVersion: seen, text: reassemble(toProvisions(old)), draftingNote: draft.draftingNote, kept: true, editor: null, savedBy: draft.createdBy, savedAt: draft.createdAt });
  const next = carryIdentity(toProvisions(old), parsed.provisions, newId);
  await replaceText(tx, draft, old, next.map(({ parent, ...provision }) => ({ ...provision, parentId: parent })));
  await noteDrafter(tx, policy);
  const kept = !input.automatic || !last || !(await inStretch(tx, draft.id));
  await keepSave(tx, draft, { rowVersion: seen + 1, text, draftingNote, kept, editor: input.editor ?? null });
  await thinSaves(tx, draft.id, seen + 1);
  if (input.overwrites) await keepForGood(tx, draft.id, seen);
  if (kept) {
    recordAudit(tx, {
      action: input.overwrites ? 'drafting.draft_overwritten' : 'drafting.draft_saved', subjectType: 'policy_version', subjectId: draft.id,
      details: { provisions: next.length, articles: parsed.articles, rowVersion: seen + 1, automatic: input.automatic ?? false },
    });
  }
  return { rowVersion: seen + 1, savedAt: tx.at, ...figures };
}
