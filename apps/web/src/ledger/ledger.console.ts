import { LifeCycle } from '@core/policy';
import { ledgerExport, ledgerList, ledgerTimeline } from '@domains/ledger';
import { Can } from '@platform/identity';
import { type Actor, chinaDate } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Controller, Get, Header, Param, Query, UseGuards } from '@nestjs/common';
import { AccountThrottler, CurrentActor, type FileAnswer, Language, type Page, page } from '../http';
import { policyHeader } from '../policy/policy-header';
import type { Lang } from '../view';
import { LedgerExports } from './ledger-exports';
import { LedgerDto, ledgerFilter } from './ledger-filter.dto';
import { timelineView } from './ledger-timeline-view';
import { ledgerView } from './ledger-view';

const departments = (tx: TenantTx): Promise<{ id: string; name: string }[]> =>
  tx.query('SELECT id, name FROM department WHERE city_id = $1 ORDER BY name', [tx.cityId]);

/** The ledger of policies (政策管理台账), and one policy's whole record. */
@Controller('console')
export class LedgerConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly exports: LedgerExports,
  ) {}

  @Can('ledger.read')
  @Get('ledger')
  list(@CurrentActor() actor: Actor, @Query() dto: LedgerDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const wholeCity = actor.scope !== 'own';
      const found = await ledgerList(tx, ledgerFilter(dto));
      return page('ledger/list', {
        ...ledgerView(dto, found, chinaDate(tx.at), { action: '/console/ledger', home: '/console/ledger', api: '/api/v1/ledger' }),
        departments: wholeCity ? await departments(tx) : [], wholeCity, mayReadLog: actor.roles.some((role) => role === 'overseer' || role === 'audit_admin'),
      });
    });
  }

  @Can('ledger.read')
  @UseGuards(AccountThrottler)
  @Header('cache-control', 'private, no-store')
  @Get('ledger.csv')
  csv(@CurrentActor() actor: Actor, @Query() dto: LedgerDto, @Language() lang: Lang): Promise<FileAnswer> {
    return this.file(actor, dto, 'csv', lang);
  }

  @Can('ledger.read')
  @UseGuards(AccountThrottler)
  @Header('cache-control', 'private, no-store')
  @Get('ledger.xlsx')
  xlsx(@CurrentActor() actor: Actor, @Query() dto: LedgerDto, @Language() lang: Lang): Promise<FileAnswer> {
    return this.file(actor, dto, 'xlsx', lang);
  }

  @Can('ledger.read')
  @Get('ledger/:id')
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      return page('ledger/timeline', {
        title: header.title, header, steps: timelineView(await ledgerTimeline(tx, id), { cityId: actor.cityId, policyId: id }), abolitionHref: `/console/policies/${id}/abolition`, validityHref: `/console/policies/${id}/validity`,
        recordHref: `/console/policies/${id}/record`,
      });
    });
  }

  private async file(actor: Actor, dto: LedgerDto, format: 'csv' | 'xlsx', lang: Lang): Promise<FileAnswer> {
    return this.exports.file(await this.unitOfWork.run(actor, (tx) => ledgerExport(tx, ledgerFilter(dto))), format, lang);
  }
}
