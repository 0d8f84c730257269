import { listDraftSaves, readConflict, readDraftSave, readOpenDraft, requireWritable, ResolveConflict, SaveDraft, type SavedDraft, SubmitVersion, withLineFeeds } from '@domains/drafting';
import { diffDocuments, mergeDocuments, parseText, readSource } from '@core/documents';
import { LifeCycle } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, type SeeOther, seeOther, type WebReply } from '../http';
import { policyHeader } from '../policy/policy-header';
import { conflictView } from './compare-view';
import { SaveDraftDto } from './drafting.dto';
import { AutosaveDto, ConflictDto, EditDto, ImportTextDto, PreviewDto } from './editor.dto';
import { structureOf } from './structure-view';

interface Unsaved {
  text: string;
  draftingNote: string;
  /** The row version that it would be saved over; that of the draft unless given. */
  seen?: number;
  notice: { key: string; n?: number; who?: string; at?: Date };
}

/** Where the text of an open draft is written: live structure, automatic saves, two saves that met, the history, files taken over. */
@Controller('console/policies/:id')
export class EditorConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly saveDraft: SaveDraft,
    private readonly submitVersion: SubmitVersion,
    private readonly resolveConflict: ResolveConflict,
  ) {}

  @Can('drafting.write')
  @Get('edit')
  async edit(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { save }: EditDto): Promise<Page> {
    if (!save) return this.editor(actor, id);
    const { text, draftingNote, savedAt, savedByName } = await this.unitOfWork.run(actor, (tx) => readDraftSave(tx, id, save));
    return this.editor(actor, id, { text, draftingNote, notice: { key: 'editor:notice.fromHistory', who: savedByName, at: savedAt } });
  }

  @Can('drafting.write')
  @FormPage('/console/policies/:id/edit')
  @Post('edit')
  async save(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { action, ...draft }: SaveDraftDto, @Res({ passthrough: true }) reply: WebReply): Promise<Page | SeeOther> {
    try {
      const { rowVersion } = await this.saveDraft.run(actor, id, draft);
      if (action !== 'submit') return seeOther(`/console/policies/${id}/edit`, 'drafting:flash.saved');
      await this.submitVersion.run(actor, id, rowVersion);
      return seeOther(`/console/policies/${id}`, 'drafting:flash.versionSubmitted');
    } catch (error) {
      if (!metAnotherSave(error)) throw error;
      // A file's text is not typed: it is read again when the file is chosen again.
      void reply.status(409);
      return this.conflict(actor, id, draft);
    }
  }

  /** Saves what a page has while somebody types; 409 when somebody else saved in between. */
  @Can('drafting.write')
  @Put('draft')
  async autosave(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: AutosaveDto, @Res({ passthrough: true }) reply: WebReply): Promise<SavedDraft | { met: true }> {
    try {
      return await this.saveDraft.run(actor, id, { ...dto, automatic: true });
    } catch (error) {
      if (!metAnotherSave(error)) throw error;
      void reply.status(409);
      return { met: true };
    }
  }

  /** The structure of a text as it stands, which is not kept. */
  @Can('drafting.write')
  @HttpCode(200)
  @Post('preview')
  async preview(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { text }: PreviewDto): Promise<Page> {
    await this.unitOfWork.run(actor, (tx) => requireWritable(tx, id));
    return page('editor/structure', { title: 'editor:title', structure: structureOf(text) }, 'fragment');
  }

  @Can('drafting.write')
  @FormPage('/console/policies/:id/edit')
  @Post('conflict')
  async resolve(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ConflictDto, @Res({ passthrough: true }) reply: WebReply): Promise<Page | SeeOther> {
    try {
      const { unfinished } = await this.resolveConflict.run(actor, id, dto);
      if (!unfinished) return seeOther(`/console/policies/${id}/edit`, `editor:flash.${dto.choice}`);
      const { text, draftingNote, rowVersion, conflicts } = unfinished;
      void reply.status(200);
      return await this.editor(actor, id, { text, draftingNote, seen: rowVersion, notice: { key: 'editor:notice.merge', n: conflicts } });
    } catch (error) {
      if (!metAnotherSave(error)) throw error;
      void reply.status(409);
      return this.conflict(actor, id, dto);
    }
  }

  /** What a file holds, before its text replaces anything. */
  @Can('drafting.write')
  @FormPage('/console/policies/:id/edit')
  @HttpCode(200)
  @Post('import')
  async read(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { file }: ImportTextDto): Promise<Page> {
    await this.unitOfWork.run(actor, (tx) => requireWritable(tx, id));
    if (!file) throw DomainError.invalid('editor:error.fileMissing', [{ field: 'file', key: 'editor:error.fileMissing' }]);
    const read = await readSource(file.filename, file.data);
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const draft = await readOpenDraft(tx, id);
      const counts = draft.text === '' ? null : diffDocuments(parseText(draft.text).provisions, read.provisions).counts;
      return page('editor/import', { title: header.title, header, draft, filename: file.filename, source: read.source, structure: structureOf(read.source), counts, notices: read.notices });
    });
  }

  @Can('drafting.write')
  @Get('saves')
  history(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const saves = await listDraftSaves(tx, id);
      return page('editor/history', { title: header.title, header, saves: saves.map((save) => ({ ...save, href: `/console/policies/${id}/edit?save=${save.id}` })) });
    });
  }

  private editor(actor: Actor, id: string, unsaved?: Unsaved): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const { version, text } = await readOpenDraft(tx, id);
      const shown = unsaved ?? { text, draftingNote: version.draftingNote };
      return page('editor/edit', {
        title: header.title, header, version, text: shown.text, draftingNote: shown.draftingNote, seen: unsaved?.seen ?? version.rowVersion,
        notice: unsaved?.notice ?? null, structure: structureOf(shown.text),
      });
    });
  }

  private conflict(actor: Actor, id: string, sent: { seen: number; text: string; draftingNote: string }): Promise<Page> {
    const mine = { ...sent, text: withLineFeeds(sent.text), draftingNote: withLineFeeds(sent.draftingNote) };
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const { base, theirs } = await readConflict(tx, id, mine.seen);
      const merge = mergeDocuments(base.text, mine.text, theirs.text);
      const notes = { mine: mine.draftingNote.trim() !== base.draftingNote, theirs: theirs.draftingNote !== base.draftingNote };
      return page('editor/conflict', { title: 'editor:conflict.title', header, mine, theirs, notes, conflictTitle: theirs.own ? 'editor:conflict.ownTitle' : 'drafting:edit.changed', ...conflictView(merge) });
    });
  }
}

const metAnotherSave = (error: unknown): boolean => error instanceof DomainError && error.key === 'common:error.changedMeanwhile';
