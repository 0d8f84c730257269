import { LifeCycle, type PolicyState, POLICY_STATES, standingOn } from '@core/policy';
import { type LedgerItem, ledgerList, ledgerTimeline } from '@domains/ledger';
import { Can } from '@platform/identity';
import { type Actor, chinaDate, type IsoDate } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { CurrentActor, type Page, page } from '../http';
import { policyHeader } from '../policy/policy-header';
import { TONE_OF_VALIDITY } from '../policy/policy-view';
import { LedgerDto } from './ledger.dto';

const ENDED: readonly PolicyState[] = ['abolished', 'expired', 'superseded', 'withdrawn'];

/** A row: the line in small, and the dates of the steps that were taken. */
const rowOf = (item: LedgerItem, today: IsoDate) => {
  // Decided is not yet come about: until its day a policy that will end is shown as it holds.
  const { state, ends } = standingOn(item, today);
  const over = ENDED.includes(state);
  return {
    ...item, state, ends,
    href: `/console/ledger/${item.id}`,
    tone: item.validity && TONE_OF_VALIDITY[item.validity],
    mini: { steps: (ends ? item.line.map((entry) => (entry.step === 'dispose' ? { ...entry, status: 'future' as const } : entry)) : item.line).map((entry) => entry.status), ...(over ? { terminal: state } : {}) },
    // Evaluated and not ended: the line stands at no step, and the state says where it is.
    settled: !over && item.line.every((entry) => entry.status !== 'current'),
    dates: item.line.filter((entry) => entry.from !== null).map((entry) => ({ step: entry.step, from: entry.from })),
  };
};

const departments = (tx: TenantTx): Promise<{ id: string; name: string }[]> =>
  tx.query('SELECT id, name FROM department WHERE city_id = $1 ORDER BY name', [tx.cityId]);

/** The ledger of policies (政策管理台账), and one policy's whole record. */
@Controller('console')
export class LedgerConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  @Can('ledger.read')
  @Get('ledger')
  list(@CurrentActor() actor: Actor, @Query() dto: LedgerDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const wholeCity = actor.scope !== 'own';
      const { items, next } = await ledgerList(tx, { state: dto.state, year: dto.year, departmentId: dto.department, after: dto.after });
      const more = new URLSearchParams({ state: dto.state ?? '', year: dto.year ?? '', department: dto.department ?? '', after: next ?? '' });
      return page('ledger/list', {
        title: 'ledger:list.title', filter: dto, states: POLICY_STATES, departments: wholeCity ? await departments(tx) : [], wholeCity, mayReadLog: actor.roles.some((role) => role === 'overseer' || role === 'audit_admin'),
        items: items.map((item) => rowOf(item, chinaDate(tx.at))), next: next && `?${more.toString()}`,
      });
    });
  }

  @Can('ledger.read')
  @Get('ledger/:id')
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      return page('ledger/timeline', { title: header.title, header, events: await ledgerTimeline(tx, id), abolitionHref: `/console/policies/${id}/abolition`, validityHref: `/console/policies/${id}/validity` });
    });
  }
}
