import {
  ArrangeEntry, ChangeCityPlan, CreatePolicy, DecideCityPlan, DecidePlanItem, DraftingModule, listCityPlans, MergeEntries, MoveEntry, OpenCityPlan, planProgress, type PlanProposal, ProposePlanItem,
  readCityPlan, readPublicPlan, StartDrafting,
} from '@domains/drafting';
import { DueRegistry } from '@core/policy';
import { type Actor, DomainError } from '@platform/kernel';
import { EventProcessor } from '@platform/messaging';
import { PublicReader } from '@platform/persistence';
import { type Office, openOffice } from '../../support/office';
import { newPolicy, type People, peopleOf } from './matter';

let office: Office;
let people: People;
/** The other department's people. */
let other: { drafter: Actor; head: Actor };
let overseer: Actor;
let second: Actor;
let auditor: Actor;

beforeEach(async () => {
  office = await openOffice(DraftingModule);
  people = await peopleOf(office);
  other = { drafter: await office.person('审查局起草人', ['drafter'], office.other), head: await office.person('审查局局长', ['department_head'], office.other) };
  overseer = { ...await office.person('统筹人', ['overseer'], office.other), scope: 'city' };
  second = { ...await office.person('市政府分管负责人', ['overseer']), scope: 'city' };
  auditor = { ...await office.person('审计员', ['audit_admin']), scope: 'city' };
}, 60_000);
afterEach(() => office.close());

const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof DomainError) return [error.problem, error.key, ...(error.details.gates ?? []).map((gate) => gate.key)].join(' ');
    throw error;
  }
  return 'done';
};
const tally = async (work: Promise<unknown>[]): Promise<string[]> => (await Promise.all(work.map(refusal))).sort();

/** An item that its head has taken into his department's plan. */
async function approved(by: { drafter: Actor; head: Actor }, title: string, more: Partial<PlanProposal> = {}): Promise<string> {
  const { id } = await office.get(ProposePlanItem).run(by.drafter, { year: 2026, kind: 'make', title, reason: '需要', dueMonth: '2026-09', ...more });
  await office.get(DecidePlanItem).run(by.head, id, { decision: 'approve' });
  return id;
}

const open = async (year = 2026): Promise<string> => (await office.get(OpenCityPlan).run(overseer, year)).id;
const read = (planId: string, actor: Actor = overseer) => office.unitOfWork.run(actor, (tx) => readCityPlan(tx, planId));
async function entryOf(planId: string, title: string) {
  const entry = (await read(planId)).entryList.find((one) => one.title === title);
  if (!entry) throw new Error(`no entry ${title}`);
  return entry;
}
async function approve(planId: string): Promise<void> {
  await office.get(DecideCityPlan).propose(overseer, planId);
  await office.get(DecideCityPlan).approve(second, planId, (await read(planId)).rowVersion);
}
const publicPlan = (year?: number) => readPublicPlan(office.get(PublicReader), office.cityId, office.clock.now(), year);
const draft = async (by: { drafter: Actor }, item: string): Promise<string> => {
  const { id } = await office.get(CreatePolicy).run(by.drafter, item, newPolicy(people, { responsibleId: by.drafter.accountId ?? '' }));
  await office.get(StartDrafting).run(by.drafter, id);
  return id;
};

it('walks from the departments\' items to an approved, public plan, and lets nothing be drafted before', async () => {
  const before = await approved(people, '开始征集前批准的项目');
  const planId = await open();
  const after = await approved(other, '开始征集后批准的项目');
  expect((await read(planId)).entryList.map((entry) => [entry.title, entry.state])).toEqual([['开始征集前批准的项目', 'submitted'], ['开始征集后批准的项目', 'submitted']]);
  expect(await publicPlan()).toBeNull();

  const early = await office.get(CreatePolicy).run(people.drafter, before, newPolicy(people));
  expect(await refusal(office.get(StartDrafting).run(people.drafter, early.id))).toBe('conflict policy:error.gatesUnmet plan:gate.submitted');

  await office.get(ArrangeEntry).place(overseer, planId, (await entryOf(planId, '开始征集后批准的项目')).id, { position: 5, dueMonth: '2026-04' });
  await approve(planId);
  await office.get(StartDrafting).run(people.drafter, early.id);
  await draft(other, after);

  const shown = await publicPlan();
  expect(shown).toMatchObject({ year: 2026, edition: 1, changes: [], years: [2026] });
  expect(shown?.entries.map(({ position, title, department, dueMonth, progress, policyId, overdue }) => ({ position, title, department, dueMonth, progress, policyId, overdue }))).toEqual([
    { position: 1, title: '开始征集前批准的项目', department: '云浦市产业局', dueMonth: '2026-09', progress: 'waiting', policyId: null, overdue: false },
    { position: 2, title: '开始征集后批准的项目', department: '云浦市审查局', dueMonth: '2026-04', progress: 'waiting', policyId: null, overdue: false },
  ]);
  office.clock.set('2026-05-02T01:00:00Z');
  expect((await publicPlan())?.entries.map((entry) => entry.overdue)).toEqual([false, true]);
  const { items } = await office.unitOfWork.run(overseer, (tx) => planProgress(tx, { overdue: true }));
  expect(items.map(({ title, overdueDays, progress }) => ({ title, overdueDays, progress }))).toEqual([{ title: '开始征集后批准的项目', overdueDays: 2, progress: 'under_way' }]);
  expect((await office.unitOfWork.run(people.drafter, (tx) => planProgress(tx, {}))).items.map((item) => item.title)).toEqual(['开始征集前批准的项目']);
  const due = await office.unitOfWork.run(overseer, (tx) => office.get(DueRegistry).list(tx, { departmentId: null }));
  expect(due.items.filter((item) => item.kind === 'drafting.plan_item').map(({ title, dueOn }) => ({ title, dueOn }))).toEqual([
    { title: '开始征集后批准的项目', dueOn: '2026-04-30' }, { title: '开始征集前批准的项目', dueOn: '2026-09-30' }]);
});

it('needs no plan of the city in a year for which the city makes none', async () => {
  await open(2027);
  await draft(people, await approved(people, '今年的项目'));
});

it('is put together by overseers alone, and approved by another person than the one who proposed it', async () => {
  const planId = await open();
  await approved(people, '一个项目');
  const { id: entryId } = await entryOf(planId, '一个项目');
  for (const actor of [people.drafter, people.head, auditor]) {
    expect(await refusal(office.get(OpenCityPlan).run(actor, 2027))).toBe('forbidden common:error.forbidden');
    expect(await refusal(office.get(ArrangeEntry).place(actor, planId, entryId, { position: 1, dueMonth: '2026-10' }))).toBe('forbidden common:error.forbidden');
    expect(await refusal(office.get(ArrangeEntry).refuse(actor, planId, entryId, '不需要'))).toBe('forbidden common:error.forbidden');
    expect(await refusal(office.get(DecideCityPlan).propose(actor, planId))).toBe('forbidden common:error.forbidden');
  }
  expect(await refusal(office.get(DecideCityPlan).approve(second, planId, 1))).toMatch(/^conflict/);
  await office.get(DecideCityPlan).propose(overseer, planId);
  expect(await refusal(office.get(DecideCityPlan).approve(overseer, planId, (await read(planId)).rowVersion))).toBe('forbidden plan:error.ownPlan');
  expect(await refusal(office.get(DecideCityPlan).approve(second, planId, 1))).toBe('conflict common:error.changedMeanwhile');
  expect(await refusal(office.get(ArrangeEntry).place(overseer, planId, entryId, { position: 2, dueMonth: '2026-10' }))).toBe('conflict plan:error.notCollecting');
  expect(await refusal(office.get(DecideCityPlan).sendBack(second, planId, ' '))).toBe('invalid drafting:error.reasonMissing');

  // What a department decides meanwhile comes in when the plan goes back.
  await approved(other, '送审期间批准的项目');
  expect((await read(planId)).entryList).toHaveLength(1);
  await office.get(DecideCityPlan).sendBack(second, planId, '补充项目');
  expect((await read(planId)).entryList.map((entry) => entry.title)).toEqual(['一个项目', '送审期间批准的项目']);
  await approve(planId);
  expect((await publicPlan())?.entries).toHaveLength(2);
});

it('refuses an empty plan, a matter without a month, and the year opened twice', async () => {
  const planId = await open();
  expect(await refusal(office.get(OpenCityPlan).run(second, 2026))).toBe('conflict plan:error.opened');
  for (const year of [2025, 2028]) expect(await refusal(office.get(OpenCityPlan).run(overseer, year))).toBe('invalid plan:error.year');
  expect(await refusal(office.get(DecideCityPlan).propose(overseer, planId))).toBe('conflict plan:error.empty');
  await approved(people, '没有时限', { dueMonth: null });
  expect(await refusal(office.get(DecideCityPlan).propose(overseer, planId))).toBe('conflict plan:error.undated');
  const { id } = await entryOf(planId, '没有时限');
  expect(await refusal(office.get(ArrangeEntry).place(overseer, planId, id, { position: 1, dueMonth: '2026-13' }))).toBe('invalid plan:error.dueMonth');
  expect(await refusal(office.get(ArrangeEntry).refuse(overseer, planId, id, ''))).toBe('invalid drafting:error.reasonMissing');
  await office.get(ArrangeEntry).refuse(overseer, planId, id, '条件不成熟');
  expect(await refusal(office.get(ArrangeEntry).place(overseer, planId, id, { position: 1, dueMonth: '2026-10' }))).toBe('conflict plan:error.entryDecided');
});

it('makes of a joint matter one policy, led by one department, in which the others take part', async () => {
  const planId = await open();
  const [lead, co] = [await approved(people, '数据管理办法'), await approved(other, '数据审查规定', { dueMonth: '2026-11' })];
  const ids = [(await entryOf(planId, '数据管理办法')).id, (await entryOf(planId, '数据审查规定')).id];
  const merge = (input: Partial<{ entryIds: string[]; leadEntryId: string; title: string }> = {}): Promise<{ id: string }> =>
    office.get(MergeEntries).run(overseer, planId, { entryIds: ids, leadEntryId: ids[0] ?? '', title: '数据管理和审查办法', ...input });
  expect(await refusal(merge({ entryIds: [ids[0] ?? '', ids[0] ?? ''] }))).toBe('invalid plan:error.mergeTwo');
  expect(await refusal(merge({ leadEntryId: planId }))).toBe('invalid plan:error.mergeLead');
  expect(await refusal(merge({ title: ' ' }))).toBe('invalid drafting:error.title');
  expect(await refusal(office.get(MergeEntries).run(people.head, planId, { entryIds: ids, leadEntryId: ids[0] ?? '', title: '标题' }))).toBe('forbidden common:error.forbidden');

  // Two at once: one joint matter.
  const results = await tally([merge(), merge()]);
  expect(results.filter((result) => result === 'done')).toHaveLength(1);
  expect(results.find((result) => result !== 'done')).toMatch(/^conflict/);
  expect((await read(planId)).entryList.map((entry) => [entry.title, entry.state, entry.coDepartments.length])).toEqual([
    ['数据管理办法', 'merged', 0], ['数据审查规定', 'merged', 0], ['数据管理和审查办法', 'submitted', 1]]);

  expect(await refusal(draft(other, co))).toBe('conflict plan:gate.ledByOther');
  expect(await refusal(draft(people, lead))).toBe('conflict policy:error.gatesUnmet plan:gate.submitted');
  await approve(planId);
  expect(await refusal(draft(other, co))).toBe('conflict plan:gate.ledByOther');
  const [{ policyId } = { policyId: '' }] = await office.sql<{ policyId: string }>('SELECT policy_id AS "policyId" FROM plan_item WHERE city_id = $1 AND id = $2', [office.cityId, lead]);
  await office.get(StartDrafting).run(people.drafter, policyId);
  expect(await office.sql('SELECT tenant_id, capacity FROM participation WHERE city_id = $1 AND policy_id = $2', [office.cityId, policyId])).toEqual([{ tenant_id: office.other, capacity: 'countersign' }]);
  expect((await publicPlan())?.entries).toMatchObject([{ title: '数据管理和审查办法', department: '云浦市产业局', coDepartments: ['云浦市审查局'], dueMonth: '2026-11' }]);
  const progress = (actor: Actor) => office.unitOfWork.run(actor, async (tx) => (await planProgress(tx)).items.map((item) => [item.title, item.progress]));
  expect(await progress(people.drafter)).toEqual([['数据管理办法', 'under_way']]);
  expect(await progress(other.drafter)).toEqual([['数据审查规定', 'dropped']]);
});

it('puts a matter off to a later year, where it is decided anew', async () => {
  const planId = await open();
  const [item, first, third] = [await approved(people, '明年再办'), await approved(people, '联合之一'), await approved(other, '联合之二')];
  const { id } = await entryOf(planId, '明年再办');
  const move = (entryId: string, year: number, note = '上位法正在修订'): Promise<void> => office.get(MoveEntry).run(overseer, planId, entryId, { year, note });
  for (const year of [2025, 2026, 2032]) expect(await refusal(move(id, year))).toBe('invalid plan:error.laterYear');
  expect(await refusal(move(id, 2027, ''))).toBe('invalid drafting:error.reasonMissing');
  expect((await tally([move(id, 2027), move(id, 2027)])).filter((result) => result === 'done')).toHaveLength(1);
  expect(await refusal(draft(people, item))).toBe('conflict policy:error.gatesUnmet plan:gate.moved');
  const next = await open(2027);
  const joint = await office.get(MergeEntries).run(overseer, planId, {
    entryIds: [(await entryOf(planId, '联合之一')).id, (await entryOf(planId, '联合之二')).id], leadEntryId: (await entryOf(planId, '联合之一')).id, title: '联合',
  });
  await move(joint.id, 2027);
  expect((await read(next)).entryList.map((entry) => [entry.title, entry.state, entry.dueMonth])).toEqual([['明年再办', 'submitted', null], ['联合之一', 'submitted', null], ['联合之二', 'submitted', null]]);
  expect((await read(planId)).entryList.map((entry) => entry.state)).toEqual(['moved', 'moved', 'moved', 'moved']);
  expect(await office.sql('SELECT year FROM plan_item WHERE city_id = $1 AND id = ANY ($2)', [office.cityId, [item, first, third]])).toEqual([{ year: 2027 }, { year: 2027 }, { year: 2027 }]);
});

it('takes supplements in and matters off by two persons, each making an edition with its reason', async () => {
  const planId = await open();
  await approved(people, '列入的项目');
  await approve(planId);
  const late = await approved(people, '后来的项目', { dueMonth: null });
  expect((await read(planId)).entryList).toHaveLength(1);
  expect(await refusal(draft(people, late))).toBe('conflict policy:error.gatesUnmet plan:gate.notInPlan');

  const change = office.get(ChangeCityPlan);
  const ask = (actor: Actor, dueMonth?: string) => change.supplement(actor, late, { reason: '突发需要', urgent: true, dueMonth });
  expect(await refusal(ask(people.head))).toBe('invalid plan:error.dueMonth');
  expect(await refusal(ask(people.drafter, '2026-12'))).toBe('forbidden common:error.forbidden');
  expect(await refusal(ask(other.head, '2026-12'))).toMatch(/^not_found/);
  const { id: changeId } = await ask(people.head, '2026-12');
  expect(await refusal(ask(people.head, '2026-12'))).toBe('conflict plan:error.changeWaits');
  expect(await refusal(change.decide(people.head, planId, changeId, { decision: 'approve' }))).toBe('forbidden common:error.forbidden');
  expect(await refusal(change.decide(overseer, planId, changeId, { decision: 'refuse' }))).toBe('invalid drafting:error.reasonMissing');
  const both = await tally([overseer, second].map((actor) => change.decide(actor, planId, changeId, { decision: 'approve' })));
  expect(both.filter((result) => result === 'done')).toHaveLength(1);
  expect(both.find((result) => result !== 'done')).toMatch(/^conflict/);
  const [{ policyId } = { policyId: '' }] = await office.sql<{ policyId: string }>('SELECT policy_id AS "policyId" FROM plan_item WHERE city_id = $1 AND id = $2', [office.cityId, late]);
  await office.get(StartDrafting).run(people.drafter, policyId);

  const listed = await entryOf(planId, '列入的项目');
  expect(await refusal(change.cancel(other.head, planId, listed.id, '不办了'))).toMatch(/^not_found/);
  expect(await refusal(change.cancel(people.head, planId, listed.id, ' '))).toBe('invalid drafting:error.reasonMissing');
  const { id: cancelId } = await change.cancel(overseer, planId, listed.id, '上位法已作规定');
  expect(await refusal(change.decide(overseer, planId, cancelId, { decision: 'approve' }))).toBe('forbidden drafting:error.ownProposal');
  await change.decide(second, planId, cancelId, { decision: 'approve' });
  const under = await change.cancel(people.head, planId, (await entryOf(planId, '后来的项目')).id, '不办了');
  expect(await refusal(change.decide(second, planId, under.id, { decision: 'approve' }))).toBe('conflict plan:error.underWay');

  expect(await publicPlan(2026)).toMatchObject({
    edition: 3,
    entries: [{ title: '列入的项目', cancelled: true, progress: 'cancelled', note: '上位法已作规定' }, { title: '后来的项目', supplement: true, dueMonth: '2026-12' }],
    changes: [{ edition: 3, kind: 'cancel', title: '列入的项目', reason: '上位法已作规定' }, { edition: 2, kind: 'supplement', title: '后来的项目', reason: '突发需要', urgent: true }],
  });
});

it('shows a department the plan of its city, and of what is not listed its own alone', async () => {
  const planId = await open();
  await approved(people, '产业局的项目');
  await approved(other, '审查局的项目');
  expect((await read(planId, people.drafter)).entryList.map((entry) => entry.title)).toEqual(['产业局的项目']);
  await office.get(ArrangeEntry).refuse(overseer, planId, (await entryOf(planId, '审查局的项目')).id, '内部理由');
  await approve(planId);
  expect((await read(planId, people.drafter)).entryList.map((entry) => entry.title)).toEqual(['产业局的项目']);
  expect((await read(planId, other.drafter)).entryList.map((entry) => entry.title)).toEqual(['产业局的项目', '审查局的项目']);
  expect((await publicPlan())?.entries.map((entry) => entry.title)).toEqual(['产业局的项目']);
  expect((await office.unitOfWork.run(people.drafter, (tx) => listCityPlans(tx))).map((plan) => plan.year)).toEqual([2026]);
});

it('tells the heads of the approved plan once, however often the event comes', async () => {
  const planId = await open();
  await approved(people, '一个项目');
  await approve(planId);
  const [event] = await office.sql<{ id: string }>(`SELECT id FROM outbox WHERE city_id = $1 AND type = 'drafting.city_plan_approved.v1'`, [office.cityId]);
  for (let time = 0; time < 3; time++) await office.get(EventProcessor).process(office.cityId, event?.id ?? '');
  expect(await office.sql('SELECT account_id FROM notification WHERE city_id = $1', [office.cityId])).toEqual([{ account_id: people.head.accountId }]);
});
