import { readPublicPolicy } from '@core/policy';
import { releasedMaterials, releasedPicture } from '@domains/interpretation';
import { Public } from '@platform/identity';
import { chinaDate, type Clock } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { CityCode, file, type FileAnswer, type Page, page } from '../http';

/** What a policy means, in words and pictures, beside the policy itself. */
@Controller(':city')
export class InterpretationPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly files: FileStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Get('policies/:id/interpretation')
  async show(@CityCode() cityId: string, @Param('id') id: string): Promise<Page> {
    const [policy, materials] = await Promise.all([readPublicPolicy(this.reader, cityId, id, chinaDate(this.clock.now())), releasedMaterials(this.reader, cityId, id)]);
    const clauses = new Map(policy.provisions.map((clause) => [clause.identity, clause]));
    const policyHref = `/${cityId}/policies/${policy.id}`;
    return page('interpretation/show', {
      ended: policy.validity !== null && ['abolished', 'superseded', 'lapsed'].includes(policy.validity), endsOn: materials[0]?.endsOn ?? null,
      title: 'interpretation:show.titleOf', titleParams: { title: policy.title }, policy, policyHref,
      materials: materials.map((material) => ({
        ...material, src: `/${cityId}/interpretations/${material.id}/picture`,
        clauses: material.clauseIdentities.flatMap((identity) => {
          const clause = clauses.get(identity);
          return clause ? [{ href: `${policyHref}#${clause.clauseId}`, label: clause.label || clause.text.slice(0, 12) }] : [];
        }),
      })),
    });
  }

  /** The bytes never change once they are out, so a browser may keep them for ever. */
  @Public()
  @Get('interpretations/:materialId/picture')
  async picture(@CityCode() cityId: string, @Param('materialId') materialId: string): Promise<FileAnswer> {
    const { sha256, mediaType } = await releasedPicture(this.reader, cityId, materialId);
    return file(await this.files.get(sha256), { type: mediaType, immutable: true });
  }
}
