import { AnomalyRegistry, cityDue, DueRegistry, inFlight } from '@core/policy';
import { comingExpiries } from '@domains/ledger';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Controller, Get, Param } from '@nestjs/common';
import { CurrentActor, type Page, page } from '../http';
import { anomalyRows, CONCLUSION_KINDS, dueRows, stageRows } from './city-desk-view';

/** Lines of a list on the desk; the rest is where its link leads. */
const FIRST = 5;

const departments = async (tx: TenantTx): Promise<ReadonlyMap<string, string>> =>
  new Map((await tx.query<{ id: string; name: string }>('SELECT id, short_name AS name FROM department WHERE city_id = $1', [tx.cityId])).map(({ id, name }) => [id, name]));

/** The city's desk: for whoever oversees all departments, what is under way, what is late or held, what will lapse, what nobody acts on, and what looks wrong. */
@Controller('console/city-desk')
export class CityDeskConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly due: DueRegistry,
    private readonly anomalies: AnomalyRegistry,
  ) {}

  @Can('ledger.oversee')
  @Get()
  show(@CurrentActor() actor: Actor): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const [flight, due, expiries, found] = [
        await inFlight(tx), await cityDue(tx, this.due, { first: FIRST, kinds: CONCLUSION_KINDS }), await comingExpiries(tx), await this.anomalies.find(tx)];
      const anomalies = found.map(({ rule, cases }) => ({ ...anomalyRows(rule, cases.slice(0, FIRST), due.departments), count: cases.length, moreHref: cases.length > FIRST ? `/console/city-desk/anomalies/${rule.key}` : null }));
      return page('desk/city', {
        title: 'cityledger:desk.title', flight: stageRows(flight), counts: due.counts, cut: due.cut, overdue: dueRows(due.overdue), blocked: dueRows(due.blocked), conclusions: dueRows(due.kept),
        expiries: { ...expiries, months: expiries.months.map((one) => ({ ...one, label: one.month, value: one.count })), next: expiries.next.map((one) => ({ ...one, href: `/console/ledger/${one.id}` })) },
        anomalies: anomalies.filter(({ count }) => count > 0), quiet: anomalies.filter(({ count }) => count === 0), anomalyCount: anomalies.reduce((sum, { count }) => sum + count, 0),
      });
    });
  }

  /** Everything that one rule finds. */
  @Can('ledger.oversee')
  @Get('anomalies/:rule')
  anomaly(@CurrentActor() actor: Actor, @Param('rule') key: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const found = (await this.anomalies.find(tx)).find(({ rule }) => rule.key === key);
      if (!found) throw DomainError.notFound();
      return page('desk/anomaly', { title: `cityledger:anomaly.${key}.title`, anomaly: { ...anomalyRows(found.rule, found.cases, await departments(tx)), count: found.cases.length, moreHref: null } });
    });
  }
}
