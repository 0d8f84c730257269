import {
  type CirculationEntry, type CoordinationInput, CreatePolicy, DecidePlanItem, type FactsInput, listCirculations, OpenCirculation, ProposePlanItem, type ReplyInput, type ReplyOpinion, SaveDraft, SaveReply, SignReply, StartDrafting, SubmitVersion,
} from '@domains/drafting';
import { SavePlan } from '@domains/interpretation';
import { Accounts } from '@platform/identity';
import { type Actor, DomainError, newId, type Role, systemActor } from '@platform/kernel';
import { EventProcessor, LocalDispatcher, OutboxRelay } from '@platform/messaging';
import { startTestApp, type TestApp } from '../../support/app';
import { makeCity, PASSWORD, type TestCity } from '../../support/people';
import { type Desk, deskOf } from './desk';
import { NOTE, TEXT } from './matter';

export type Person = Actor & { login: string; accountId: string; tenantId: string };

export interface Round {
  test: TestApp;
  city: TestCity;
  /** Who drafts; and three other departments, the last of which is never asked. */
  drafting: string;
  asked: [string, string];
  stranger: string;
  drafter: Person;
  overseer: Person;
  /** A person of a department. */
  person(tenantId: string, role: Role): Person;
  /** A policy whose first version is submitted. */
  submitted(facts?: Partial<FactsInput>): Promise<string>;
  sql<R>(text: string, ...more: unknown[]): Promise<R[]>;
  desk(person: Person): Promise<Desk>;
  /** Runs the reactions to everything that has happened. */
  react(): Promise<void>;
  close(): Promise<void>;
}

const ROLES: readonly Role[] = ['drafter', 'department_head', 'overseer'];
const FACTS: FactsInput = { technical: false, technicalReason: '', publicRisk: false, publicRiskReason: '', issuer: 'department', emergency: false, emergencyReason: '' };

/** The whole application on a city of four departments, on Monday, 2 March 2026. */
export async function openRound(): Promise<Round> {
  const test = await startTestApp();
  const city = await makeCity(test);
  const sql = <R>(text: string, ...more: unknown[]): Promise<R[]> => test.unitOfWork.run(systemActor(city.id), (tx) => tx.query<R>(text, [city.id, ...more]));
  const people = new Map<string, Person>();
  for (const { id, people: staff } of city.departments) for (const role of ROLES) people.set(`${id}/${role}`, staff[role]);
  const more = [newId(), newId()] as const;
  for (const [index, tenantId] of more.entries()) {
    await sql('INSERT INTO department (city_id, id, name, name_en, short_name, document_code) VALUES ($1, $2, $3, $3, $3, $4)', tenantId, ['丙局', '丁局'][index], ['测丙', '测丁'][index]);
    for (const role of ROLES) {
      const login = `more-${index}-${role}`;
      const accountId = await test.unitOfWork.run(systemActor(city.id), (tx) =>
        test.app.get(Accounts).create(tx, { login, kind: 'staff', displayName: login, password: PASSWORD, memberships: [{ tenantId, roles: [role] }] }));
      people.set(`${tenantId}/${role}`, { cityId: city.id, tenantId, accountId, name: login, roles: [role], scope: role === 'overseer' ? 'city' : 'own', login });
    }
  }
  const [own, first] = city.departments;
  const person = (tenantId: string, role: Role): Person => people.get(`${tenantId}/${role}`) as Person;
  const drafter = person(own.id, 'drafter');
  return {
    test, city, drafting: own.id, asked: [first.id, more[0]], stranger: more[1], drafter, overseer: person(more[1], 'overseer'), person, sql,
    async submitted(facts) {
      const get = test.app.get.bind(test.app);
      const item = await get(ProposePlanItem).run(drafter, { year: 2026, kind: 'make', title: '会签办法', reason: '需要' });
      await get(DecidePlanItem).run(person(own.id, 'department_head'), item.id, { decision: 'approve' });
      const { id } = await get(CreatePolicy).run(drafter, item.id, {
        kind: 'policy_document', title: '会签办法', summary: '', affectsMarket: false, responsibleId: person(own.id, 'department_head').accountId, topics: [], audience: [], facts: { ...FACTS, ...facts },
      });
      await get(StartDrafting).run(drafter, id);
      await get(SaveDraft).run(drafter, id, { seen: 1, text: TEXT, draftingNote: NOTE });
      await get(SubmitVersion).run(drafter, id, 2);
      await get(SavePlan).run(drafter, id, { audience: '企业', keyPoints: '补助条件', channels: ['website'] });
      return id;
    },
    desk: (one) => deskOf(test, one),
    async react() {
      const relay = new OutboxRelay(test.unitOfWork, new LocalDispatcher(test.app.get(EventProcessor)), {
        cities: async () => [city.id], clock: test.clock, batch: 100, onError: (error) => { throw error; },
      });
      while ((await relay.sweep()) > 0);
      expect(await sql('SELECT type, last_error FROM outbox WHERE city_id = $1 AND last_error IS NOT NULL')).toEqual([]);
    },
    close: () => test.close(),
  };
}

/** The refusal of a piece of work; anything else fails the test. */
export async function refusal(work: Promise<unknown>): Promise<DomainError> {
  const error = await work.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof DomainError)) throw new Error(`not a refusal: ${String(error)}`);
  return error;
}

export const ARTICLE = '《党政机关公文处理工作条例》第十六条';
export const LETTER = '请结合本部门职责研究，按期回复。';
export const NO_COMMENT = { stance: 'no_comment', opinions: [] } as const;
export const MEETING: CoordinationInput = { level: 'departments', heldOn: '2026-03-02', participants: '甲局、乙局', outcome: 'unresolved', minutes: '双方对标准未取得一致。' };

/** What the people of a round do, in short words. */
export const deedsOf = (now: () => Round) => {
  const use = <T>(type: new (...args: never[]) => T): T => now().test.app.get(type as never);
  const head = (department: string): Person => now().person(department, 'department_head');
  const draft = (department: string, circulation: string, more: Partial<ReplyInput> = {}): Promise<{ rowVersion: number }> =>
    use(SaveReply).run(now().person(department, 'drafter'), circulation, { stance: 'comments', opinions: [{ identity: '', text: '资金来源应当会商。' }], seen: 0, ...more });
  const read = (actor: Actor, id: string): Promise<CirculationEntry[]> => now().test.unitOfWork.run(actor, (tx) => listCirculations(tx, id));
  const replies = async (id: string) => (await read(now().drafter, id)).flatMap(({ departments }) => departments);
  return {
    use, head, draft, read,
    ask: async (id: string, departmentIds: readonly string[] = now().asked): Promise<string> => (await use(OpenCirculation).run(now().drafter, id, { letter: LETTER, departmentIds, workingDays: 5 })).id,
    reply: async (department: string, circulation: string, more: Partial<ReplyInput> = {}): Promise<{ late: boolean }> => {
      const { rowVersion } = await draft(department, circulation, more);
      return use(SignReply).run(head(department), circulation, rowVersion);
    },
    opinionsOf: async (id: string): Promise<ReplyOpinion[]> => (await replies(id)).flatMap(({ reply }) => reply?.opinions ?? []),
    replyIdOf: async (id: string, department: string): Promise<string> => (await replies(id)).find(({ departmentId }) => departmentId === department)?.reply?.id ?? '',
  };
};
