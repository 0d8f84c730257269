import { newId, type Role, systemActor } from '@platform/kernel';
import { EventProcessor, LocalDispatcher, OutboxRelay } from '@platform/messaging';
import { CloseDueConsultations } from '@domains/consultation';
import { CloseCall } from '@domains/funding';
import { ExpirePolicies } from '@domains/ledger';
import { startTestApp, type TestApp } from '../../support/app';
import { makeCity, PASSWORD, type TestCity } from '../../support/people';
import { Browser, type Seat } from './browser';

type Outsider = 'enterprise-1' | 'enterprise-2' | 'resident-1' | `expert-${number}`;

/** Seats a person at a browser of their own. */
export type SeatAt<S extends Seat> = (test: TestApp, who: string) => S;
export const overHttp: SeatAt<Browser> = (test, who) => new Browser(test, who);

/** One city with its application and its people, each at a browser of their own. */
export class Town<S extends Seat = Seat> {
  private readonly seats = new Map<string, Promise<S>>();

  private constructor(
    readonly test: TestApp,
    readonly city: TestCity,
    private readonly seatAt: SeatAt<S>,
  ) {}

  static async open<S extends Seat>(at: string, seatAt: SeatAt<S>): Promise<Town<S>> {
    const test = await startTestApp({ at });
    const town = new Town(test, await makeCity(test), seatAt);
    await town.registerExperts();
    await test.app.listen(0, '127.0.0.1');
    return town;
  }

  /** The member of staff in this role, signed in. */
  staff(role: Role, department: 0 | 1 = 0): Promise<S> {
    return this.seat(this.city.departments[department].people[role].login);
  }

  person(login: Outsider): Promise<S> {
    return this.seat(login);
  }

  /** Somebody who never signs in. */
  anonymous(): S {
    return this.seatAt(this.test, 'anonymous');
  }

  /** Gives somebody further roles in their department, so that they can try what is for another person. */
  async grant(role: Role, more: Role[]): Promise<void> {
    const { tenantId, accountId } = this.city.departments[0].people[role];
    for (const further of more) {
      await this.sql('INSERT INTO membership (city_id, tenant_id, account_id, role) VALUES ($1, $2, $3, $4)', [this.city.id, tenantId, accountId, further]);
    }
  }

  at(time: string): void {
    this.test.clock.set(time);
  }

  /** What the worker does by itself: what is due by the clock, then the reactions to everything that happened. */
  async work(): Promise<void> {
    const { app, unitOfWork, clock } = this.test;
    await app.get(CloseDueConsultations).run(this.city.id);
    await app.get(CloseCall).runDue(this.city.id);
    await app.get(ExpirePolicies).run(this.city.id);
    const relay = new OutboxRelay(unitOfWork, new LocalDispatcher(app.get(EventProcessor)), {
      cities: () => Promise.resolve([this.city.id]), clock, batch: 100, onError: (error) => { throw error; },
    });
    while ((await relay.sweep()) > 0);
    const failed = await this.sql<{ type: string; error: string }>('SELECT type, last_error AS error FROM outbox WHERE city_id = $1 AND last_error IS NOT NULL', [this.city.id]);
    if (failed[0]) throw new Error(`a reaction to ${failed[0].type} failed: ${failed[0].error}`);
  }

  sql<Row>(statement: string, parameters: unknown[]): Promise<Row[]> {
    return this.test.unitOfWork.run(systemActor(this.city.id), (tx) => tx.query<Row>(statement, parameters));
  }

  close(): Promise<void> {
    return this.test.close();
  }

  private seat(login: string): Promise<S> {
    const known = this.seats.get(login) ?? this.signIn(login);
    this.seats.set(login, known);
    return known;
  }

  private async signIn(login: string): Promise<S> {
    const browser = this.seatAt(this.test, login);
    await browser.open(`/login?city=${this.city.id}`);
    const { path, status } = await browser.submit('/login', { login, password: PASSWORD });
    if (status !== 200 || path === '/login') throw new Error(`${login} could not sign in: ${status} ${path}`);
    return browser;
  }

  /** The experts' register is kept outside the product; the first expert works for the first enterprise. */
  private async registerExperts(): Promise<void> {
    const [employer] = await this.sql<{ code: string }>('SELECT credit_code AS code FROM enterprise WHERE city_id = $1 AND id = $2', [this.city.id, this.city.enterprises[0].enterpriseId]);
    for (const [index, expert] of this.city.experts.entries()) {
      await this.sql(
        `INSERT INTO expert_profile (city_id, id, account_id, code, field, employer_name, employer_code) VALUES ($1, $2, $3, $4, '智能制造', '示例研究院', $5)`,
        [this.city.id, newId(), expert.accountId, `ZJ-${String(index + 1).padStart(4, '0')}`, index === 0 ? employer?.code : '91999901MA00000034']);
    }
  }
}
