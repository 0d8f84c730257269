import { carryIdentity, parseText, readSource } from '@core/documents';
import { policies, provisionsOf, versions } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { toProvisions, withLineFeeds } from '../domain/text';
import { assertCan } from '../drafting.access';
import { openDraft, replaceText } from '../persistence/draft-text';
import { noteDrafter } from '../persistence/drafters';

export interface DraftInput {
  /** The `rowVersion` of the draft that the person saw; somebody else's save in between is a `conflict`. */
  seen: number;
  /** The whole text; not read when a file is given. */
  text: string;
  draftingNote: string;
  /** A DOCX or plain text whose text replaces the draft's. */
  file?: { filename: string; data: Buffer } | undefined;
}

export interface SavedDraft {
  rowVersion: number;
  articles: number;
  provisions: number;
  /** Provisions that look like structure and were not understood. */
  unrecognised: number;
}

/** Saves the open draft: the text is taken apart into provisions, each keeping the identity of the clause it comes from. */
@Injectable()
export class SaveDraft {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses an unreadable file (`invalid`), a policy that is not being drafted and a draft changed meanwhile (`conflict`). */
  async run(actor: Actor, policyId: string, input: DraftInput): Promise<SavedDraft> {
    const source = input.file ? (await readSource(input.file.filename, input.file.data)).source : input.text;
    return this.unitOfWork.run(actor, (tx) => this.save(tx, policyId, input, withLineFeeds(source)));
  }

  private async save(tx: TenantTx, policyId: string, { seen, draftingNote }: DraftInput, source: string): Promise<SavedDraft> {
    const policy = await policies.lockForShare(tx, policyId);
    assertCan(tx.actor, 'drafting.write', policy);
    const draft = await openDraft(tx, policyId);
    if (policy.state !== 'drafting' || !draft) throw DomainError.conflict('drafting:error.noOpenDraft');
    await versions.updateVersioned(tx, draft.id, seen, { draftingNote: withLineFeeds(draftingNote).trim() });
    const parsed = parseText(source, policy.title);
    const text = carryIdentity(toProvisions(await provisionsOf(tx, draft.id)), parsed.provisions, newId);
    await replaceText(tx, draft, text.map(({ parent, ...provision }) => ({ ...provision, parentId: parent })));
    await noteDrafter(tx, policy);
    recordAudit(tx, { action: 'drafting.draft_saved', subjectType: 'policy_version', subjectId: draft.id, details: { provisions: text.length, articles: parsed.articles } });
    return { rowVersion: seen + 1, articles: parsed.articles, provisions: text.length, unrecognised: parsed.unrecognised.length };
  }
}
