import { randomUUID } from 'node:crypto';
import { POLICY_KINDS } from '@core/policy';
import { CLEANUP_ARTICLE, CLEANUP_TRIGGERS, cleanupList, cleanupOverview, DecideCleanup, jointItems, OpenCleanup, RunCleanup, unlisted } from '@domains/ledger';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, seeOther, type SeeOther } from '../http';
import { CLEANUP_TONES, SHEET_TONES } from './cleanup-view';
import { AddDocumentDto, CancelCleanupDto, CleanupListDto, DecideCleanupDto, OpenCleanupDto } from './cleanups.dto';

const HOME = '/console/cleanups';

/** Clean-ups 清理 as a whole: opened, added to, decided and given up by an overseer; others see how their own department stands. */
@Controller('console/cleanups')
export class CleanupsConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly openCleanup: OpenCleanup,
    private readonly runCleanup: RunCleanup,
    private readonly decideCleanup: DecideCleanup,
  ) {}

  @Can('ledger.read_cleanup')
  @Get()
  list(@CurrentActor() actor: Actor, @Query() { after }: CleanupListDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { items, next } = await cleanupList(tx, after || undefined);
      return page('ledger/cleanups', {
        title: 'cleanup:list.title', mayOpen: actor.roles.includes('overseer'), next: next && `?${new URLSearchParams({ after: next }).toString()}`,
        items: items.map((item) => ({ ...item, href: `${HOME}/${item.id}`, tone: CLEANUP_TONES[item.state] })),
      });
    });
  }

  @Can('ledger.run_cleanup')
  @Get('new')
  form(@CurrentActor() actor: Actor): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => page('ledger/cleanup-new', {
      title: 'cleanup:new.title', key: randomUUID(), triggers: CLEANUP_TRIGGERS, kinds: POLICY_KINDS, article: CLEANUP_ARTICLE,
      departments: (await tx.query<{ id: string; name: string }>('SELECT id, name FROM department WHERE city_id = $1 ORDER BY name', [tx.cityId])).map(({ id, name }) => ({ value: id, label: name })),
    }));
  }

  @Can('ledger.run_cleanup')
  @FormPage(`${HOME}/new`)
  @Post()
  async open(@CurrentActor() actor: Actor, @Body() dto: OpenCleanupDto): Promise<SeeOther> {
    const { title, trigger, reason, proposeBy, checkBy, _key } = dto;
    const scope = { departmentIds: dto.departmentIds ?? [], kinds: dto.kinds ?? [], publishedFrom: dto.publishedFrom ?? null, publishedTo: dto.publishedTo ?? null, words: dto.words ?? '' };
    const id = await this.openCleanup.run(actor, { title, trigger, reason, proposeBy, checkBy, scope }, _key);
    return seeOther(`${HOME}/${id}`, 'cleanup:flash.opened');
  }

  @Can('ledger.read_cleanup')
  @Get(':id')
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const overview = await cleanupOverview(tx, id);
      const { cleanup, sheets, today } = overview;
      const joint = await jointItems(tx, cleanup.id);
      const names = cleanup.scope.departmentIds.length === 0 ? [] : await tx.query<{ name: string }>('SELECT name FROM department WHERE city_id = $1 AND id = ANY ($2::uuid[]) ORDER BY name', [tx.cityId, cleanup.scope.departmentIds]);
      const sum = (of: 'documents' | 'gone' | 'proposed' | 'keep' | 'amend' | 'abolish' | 'lapse' | 'obstructed'): number => sheets.reduce((total, sheet) => total + sheet[of], 0);
      return page('ledger/cleanup', {
        title: cleanup.title, ...overview, home: `${HOME}/${id}`, tone: CLEANUP_TONES[cleanup.state], publicHref: cleanup.state === 'decided' ? `/${actor.cityId}/cleanups/${id}` : null,
        scopeDepartments: names.map(({ name }) => name).join('、'), total: { documents: sum('documents'), proposed: sum('proposed'), gone: sum('gone'), keep: sum('keep'), amend: sum('amend'), abolish: sum('abolish'), lapse: sum('lapse'), obstructed: sum('obstructed') },
        sheets: sheets.map((sheet) => ({
          ...sheet, href: `${HOME}/${id}/departments/${sheet.departmentId}`, tone: SHEET_TONES[sheet.state], late: cleanup.state === 'running' && sheet.state === 'open' && today > cleanup.proposeBy,
          needed: sheet.documents - sheet.gone,
        })),
        joint: joint.map((item) => ({ ...item, href: `${HOME}/${id}/items/${item.id}` })), unlisted: overview.mayRun ? await unlisted(tx, cleanup) : null,
      });
    });
  }

  @Can('ledger.run_cleanup')
  @FormPage(`${HOME}/:id`)
  @Post(':id/add')
  async add(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { policyId }: AddDocumentDto): Promise<SeeOther> {
    await this.runCleanup.add(actor, id, policyId);
    return seeOther(`${HOME}/${id}`, 'cleanup:flash.added');
  }

  @Can('ledger.run_cleanup')
  @FormPage(`${HOME}/:id`)
  @Post(':id/decide')
  async decide(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { rowVersion, number, text }: DecideCleanupDto): Promise<SeeOther> {
    await this.decideCleanup.run(actor, id, rowVersion, { number, text });
    return seeOther(`${HOME}/${id}`, 'cleanup:flash.decided');
  }

  @Can('ledger.run_cleanup')
  @FormPage(`${HOME}/:id`)
  @Post(':id/cancel')
  async cancel(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { cancelReason }: CancelCleanupDto): Promise<SeeOther> {
    await this.runCleanup.cancel(actor, id, cancelReason);
    return seeOther(`${HOME}/${id}`, 'cleanup:flash.cancelled');
  }
}
