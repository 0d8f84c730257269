import { readSource } from '@core/documents';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type DraftText, type SavedDraft, writeDraft } from './write-draft';

/** The text is not read when a file is given. */
export interface DraftInput extends Omit<DraftText, 'overwrites'> {
  /** A DOCX or plain text whose text replaces the draft's. */
  file?: { filename: string; data: Buffer } | undefined;
}

/** Saves the open draft. */
@Injectable()
export class SaveDraft {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses an unreadable file (`invalid`), a policy that is not being drafted and a draft changed meanwhile (`conflict`). */
  async run(actor: Actor, policyId: string, { file, ...input }: DraftInput): Promise<SavedDraft> {
    const text = file ? (await readSource(file.filename, file.data)).source : input.text;
    return this.unitOfWork.run(actor, (tx) => writeDraft(tx, policyId, { ...input, text }));
  }
}
