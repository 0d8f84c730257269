import { SaveDraft, type SavedDraft, STANCES, type Stance } from '@domains/consultation';
import { Can } from '@platform/identity';
import { type Actor, DomainError, isId } from '@platform/kernel';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CityCode, CurrentActor, FormPage, seeOther, type SeeOther } from '../http';

/** The whole form as it stands: what is kept of it is picked out, as a draft may be unfinished or wrong anywhere. */
type Fields = Record<string, unknown>;

const MOST_TEXT = 20_000;

/** Drafts of opinions of who is signed in; everybody else's stay in their browser. */
@Controller(':city/consultations')
export class DraftPortal {
  constructor(private readonly saveDraft: SaveDraft) {}

  @Can('consultation.keep_draft')
  @FormPage('/:city/consultations/:id')
  @Post(':id/draft')
  async save(@CityCode() cityId: string, @CurrentActor() actor: Actor, @Param('id') id: string, @Body() fields: Fields): Promise<SeeOther> {
    await this.keep(cityId, actor, id, fields);
    return seeOther(`/${cityId}/consultations/${id}#opinion-form`, 'intake:flash.draftSaved');
  }

  /** As `save`, for the script that saves while one writes: answers the version that the next save starts from. */
  @Can('consultation.keep_draft')
  @HttpCode(200)
  @Post(':id/draft/auto')
  async saveByScript(@CityCode() cityId: string, @CurrentActor() actor: Actor, @Param('id') id: string, @Body() fields: Fields): Promise<{ draft: string; overtook: boolean }> {
    const saved = await this.keep(cityId, actor, id, fields);
    return { draft: saved ? `${saved.id}.${saved.rowVersion}` : '', overtook: saved?.overtook ?? false };
  }

  @Can('consultation.keep_draft')
  @FormPage('/:city/consultations/:id')
  @Post(':id/drafts/:draft/delete')
  async delete(@CityCode() cityId: string, @CurrentActor() actor: Actor, @Param('id') id: string, @Param('draft') draft: string): Promise<SeeOther> {
    if (actor.cityId !== cityId) throw DomainError.notFound();
    await this.saveDraft.delete(actor, id, draft);
    return seeOther(`/${cityId}/consultations/${id}#opinion-form`, 'intake:flash.draftDeleted');
  }

  private keep(cityId: string, actor: Actor, id: string, fields: Fields): Promise<SavedDraft | null> {
    if (actor.cityId !== cityId) throw DomainError.notFound();
    const word = (name: string, most: number): string | null => {
      const value = fields[name];
      if (value === undefined || value === null || value === '') return null;
      if (typeof value !== 'string' || [...value].length > most) throw DomainError.invalid('consultation:error.longText', [{ field: name, key: 'consultation:error.longText' }]);
      return value;
    };
    const stance = word('stance', 20);
    const [, baseId, version] = /^([0-9a-f-]{36})\.(\d{1,9})$/.exec(word('_draft', 100) ?? '') ?? [];
    return this.saveDraft.run(actor, id, {
      text: word('text', MOST_TEXT) ?? '', stance: STANCES.find((one): one is Stance => one === stance) ?? null, clauseId: word('clauseId', 200), quote: word('quote', 2000),
      key: word('_key', 200) ?? '', base: baseId && isId(baseId) ? { id: baseId, rowVersion: Number(version) } : null,
    });
  }
}
