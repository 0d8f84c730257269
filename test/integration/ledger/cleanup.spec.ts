import { type CleanupOpening, cleanupItemDesk, cleanupOverview, CarryOutCleanups, cleanupSheet, DecideAbolition, DecideCleanup, effectiveList, ExpirePolicies, keepable, OpenAbolition, OpenCleanup, ProposeCleanup, type ProposalContent, publicCleanup, publicCleanupExport, RunCleanup, SettleDependents, SignCleanup, unlisted } from '@domains/ledger';
import { type Dependent, DependentsRegistry, DueRegistry, EvaluationSources, LifeCycle } from '@core/policy';
import { type Actor, type DomainError, newId } from '@platform/kernel';
import { PublicReader } from '@platform/persistence';
import { openSmallCity, type SmallCity } from '../../support/small-city';

const refused = async (work: Promise<unknown>): Promise<DomainError> => work.then(() => { throw new Error('was not refused'); }, (error: DomainError) => error);

let city: SmallCity;
let reader: PublicReader;
let sources: EvaluationSources;
let [drafter, head, overseer, checker, decider]: Actor[] = [];
beforeAll(async () => {
  city = await openSmallCity();
  reader = city.app.get(PublicReader);
  sources = city.app.get(EvaluationSources);
  const oversees = async (): Promise<Actor> => ({ ...(await city.person(['overseer'])), scope: 'city' });
  [drafter, head, overseer, checker, decider] = [await city.person(['drafter']), await city.person(['department_head']), await oversees(), await oversees(), await oversees()];
});
beforeEach(() => city.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => city.close());

const opening = (words: string): CleanupOpening => ({
  title: '年度清理', trigger: 'periodic', reason: '每两年清理一次。', scope: { departmentIds: [], kinds: [], publishedFrom: null, publishedTo: null, words }, proposeBy: '2026-03-20', checkBy: '2026-03-31',
});
const content = (proposal: ProposalContent['proposal'], more: Partial<ProposalContent> = {}): ProposalContent =>
  ({ proposal, reason: '理由', amendWhat: proposal === 'amend' ? '第二条' : '', amendBy: proposal === 'amend' ? '2026-12-31' : null, effectOn: null, replacedBy: null, ...more });
const open = (words: string, by = overseer!): Promise<string> => city.app.get(OpenCleanup).run(by, opening(words), newId());
const itemsOf = (id: string, tenantId = city.drafting) => city.unitOfWork.run(overseer!, async (tx) => (await cleanupSheet(tx, sources, id, tenantId, {})).items);
const sheetVersion = (id: string, tenantId = city.drafting) => city.unitOfWork.run(overseer!, async (tx) => (await cleanupSheet(tx, sources, id, tenantId, {})).rowVersion);
const propose = async (id: string, title: string, what: ProposalContent, by = drafter!): Promise<string> => {
  const item = (await itemsOf(id)).find((one) => one.title === title);
  await city.app.get(ProposeCleanup).run(by, id, item!.id, item!.rowVersion, what);
  return item!.id;
};
const sign = async (id: string, by = head!): Promise<void> => city.app.get(SignCleanup).sign(by, id, await sheetVersion(id));
const agree = async (id: string, by = checker!): Promise<void> => city.app.get(SignCleanup).agree(by, id, city.drafting, await sheetVersion(id));
let numbers = 0;
const decide = async (id: string, by = decider!): Promise<string> => {
  const { cleanup } = await city.unitOfWork.run(overseer!, (tx) => cleanupOverview(tx, id));
  const number = `测政发〔2026〕${++numbers}号`;
  await city.app.get(DecideCleanup).run(by, id, cleanup.rowVersion, { number, text: '清理结果公布如下。' });
  return number;
};
const inForce = async (day: string, id: string) => (await effectiveOn(day)).find((item) => item.id === id);
const effectiveOn = async (day: string) => {
  const found = [];
  for (let after: string | undefined; ;) {
    const { items, next } = await effectiveList(reader, city.cityId, day, { after });
    found.push(...items);
    if (!next) return found;
    after = next;
  }
};
const carryOut = (): Promise<number> => city.app.get(CarryOutCleanups).run(city.cityId);
/** Policies in force with titles of their own; `word` stands in all of them. */
const published = async (word: string, names: string[], effectiveTo: string | null = null): Promise<Record<string, string>> => {
  const ids: Record<string, string> = {};
  for (const name of names) {
    ids[name] = await city.policy({ state: 'published', title: `${word}${name}`, effectiveFrom: '2025-01-01', effectiveTo });
    await city.sql('UPDATE policy SET document_number = $3 WHERE city_id = $1 AND id = $2', [city.cityId, ids[name], `滨〔2026〕${name}${word}号`]);
  }
  return ids;
};

it('takes the documents in force of the day by scope, each once, and the list stays', async () => {
  const ids = await published('甲', ['一', '二', '三']);
  await city.policy({ state: 'drafting', title: '甲草案' });
  const key = newId();
  const twice = await Promise.all([city.app.get(OpenCleanup).run(overseer!, opening('甲'), key), city.app.get(OpenCleanup).run(overseer!, opening('甲'), key)]);
  expect(twice[0]).toBe(twice[1]);
  expect((await itemsOf(twice[0])).map(({ policyId, no }) => [policyId, no])).toEqual([[ids['一'], 1], [ids['二'], 2], [ids['三'], 3]]);
  const { 四: late } = await published('甲', ['四']);
  const missing = await city.unitOfWork.run(overseer!, async (tx) => unlisted(tx, (await cleanupOverview(tx, twice[0])).cleanup));
  expect(missing.items.map(({ id }) => id)).toContain(late);
  const add = (): Promise<void> => city.app.get(RunCleanup).add(overseer!, twice[0], late!);
  await Promise.all([add(), add()]);
  expect((await itemsOf(twice[0])).map(({ title, no, added }) => [title, no, added])).toEqual([['甲一', 1, false], ['甲二', 2, false], ['甲三', 3, false], ['甲四', 4, true]]);
  expect(await refused(open('没有这个词'))).toMatchObject({ problem: 'invalid', key: 'cleanup:error.empty' });
  expect((await refused(city.app.get(RunCleanup).add(overseer!, twice[0], 'rubbish'))).problem).toBe('not_found');
});

it('is proposed by the own department, signed by its head, checked and decided by two others, and then acts once', async () => {
  const ids = await published('乙', ['留', '改', '废', '失']);
  const id = await open('乙');
  const [abolished, lapsed] = [await propose(id, '乙废', content('abolish', { effectOn: '2026-05-01' })), await propose(id, '乙失', content('lapse'))];
  await propose(id, '乙改', content('amend'));
  expect(await refused(sign(id))).toMatchObject({ key: 'cleanup:error.missing' });
  await propose(id, '乙留', content('keep'));
  expect((await refused(sign(id, drafter))).problem).toBe('forbidden');
  await sign(id);
  expect(await refused(city.app.get(ProposeCleanup).run(drafter!, id, lapsed, 2, content('keep')))).toMatchObject({ problem: 'conflict', key: 'cleanup:error.signed' });

  await city.app.get(SignCleanup).remark(checker!, id, abolished, '请说明后续衔接。');
  expect((await refused(agree(id))).key).toBe('cleanup:error.remarksOpen');
  await city.app.get(SignCleanup).sendBack(checker!, id, city.drafting, '一件需补充。');
  expect((await refused(sign(id))).key).toBe('cleanup:error.remarksOpen');
  await propose(id, '乙废', content('abolish', { effectOn: '2026-05-01', reason: '已有新办法。' }));
  await sign(id);
  expect((await refused(decide(id))).key).toBe('cleanup:error.notAgreed');
  await agree(id);
  expect(await refused(decide(id, checker))).toMatchObject({ problem: 'forbidden', key: 'cleanup:error.ownCheck' });
  expect((await refused(decide(id, head))).problem).toBe('forbidden');

  city.clock.set('2026-04-01T09:00:00+08:00');
  const both = await Promise.allSettled([decide(id), decide(id)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const counts = (await publicCleanup(reader, city.cityId, id)).counts;
  expect(counts).toEqual({ keep: 1, end: 2, amend: 1 });
  await Promise.all([carryOut(), carryOut()]);
  expect(await carryOut()).toBe(0);

  const changes = await city.sql<{ kind: string; effect_on: string }>(`SELECT kind, effect_on::text FROM validity_change WHERE city_id = $1 AND policy_id = ANY ($2) ORDER BY kind`, [city.cityId, Object.values(ids)]);
  expect(changes).toEqual([{ kind: 'abolished', effect_on: '2026-05-01' }, { kind: 'lapsed', effect_on: '2026-04-01' }]);
  const events = await city.sql<{ n: number }>(`SELECT count(*)::int AS n FROM outbox WHERE city_id = $1 AND type = 'ledger.cleanup_amends.v1' AND payload ->> 'policyId' = $2`, [city.cityId, ids['改']]);
  expect(events[0]?.n).toBe(1);
  expect([(await inForce('2026-04-30', ids['废']!))?.to, await inForce('2026-05-01', ids['废']!), (await inForce('2026-03-31', ids['失']!))?.to, await inForce('2026-04-01', ids['失']!), (await inForce('2026-05-01', ids['留']!))?.to])
    .toEqual(['2026-04-30', undefined, null, undefined, null]);
  await city.app.get(ExpirePolicies).run(city.cityId);
  const states = await city.sql<{ title: string; state: string }>('SELECT title, state FROM policy WHERE city_id = $1 AND id = ANY ($2) ORDER BY title', [city.cityId, Object.values(ids)]);
  expect(states.map(({ title, state }) => `${title} ${state}`).sort()).toEqual(['乙失 expired', '乙废 abolished', '乙改 published', '乙留 published'].sort());
  const rows = await publicCleanupExport(reader, city.cityId, id);
  expect(rows.map(({ title, outcome, endedOn }) => [title, outcome, endedOn])).toEqual([['乙留', 'keep', null], ['乙改', 'amend', null], ['乙废', 'abolish', '2026-05-01'], ['乙失', 'lapse', '2026-04-01']]);
  const audit = await city.sql<{ n: number }>(`SELECT count(*)::int AS n FROM audit_entry WHERE city_id = $1 AND payload LIKE '%ledger.cleanup_carried_out%'`, [city.cityId]);
  expect(audit[0]?.n).toBe(3);
});

it('what was decided stays as it was published, and what was listed as it was listed', async () => {
  await published('丙', ['一']);
  const id = await open('丙');
  const item = await propose(id, '丙一', content('keep'));
  await expect(city.sql(`UPDATE cleanup_item SET title = '别的' WHERE city_id = $1 AND id = $2`, [city.cityId, item])).rejects.toThrow('not changed');
  await sign(id);
  await agree(id);
  await decide(id);
  for (const change of [`reason = '别的'`, `outcome = 'abolish', effect = 'pending'`, 'is_public = false']) {
    await expect(city.sql(`UPDATE cleanup_item SET ${change} WHERE city_id = $1 AND id = $2`, [city.cityId, item])).rejects.toThrow('not changed');
  }
  await expect(city.sql(`UPDATE cleanup SET decision_number = '1' WHERE city_id = $1 AND id = $2`, [city.cityId, id])).rejects.toThrow('not changed');
  await expect(city.sql('DELETE FROM cleanup_item WHERE city_id = $1 AND id = $2', [city.cityId, item])).rejects.toThrow();
});

it('nothing is ended while a gate is closed, before the decision or after it', async () => {
  const ids = await published('丁', ['一', '二']);
  let closed = new Set([ids['一']]);
  city.app.get(LifeCycle).registerGate({ key: 'test.money', on: ['abolish'], check: async (_tx, { id }) => (closed.has(id) ? { gate: 'test.money', key: 'funding:gate.unsettled', params: { count: 1 }, article: '预算法' } : null) });
  const id = await open('丁');
  const first = await propose(id, '丁一', content('abolish'));
  await propose(id, '丁二', content('lapse'));
  expect((await itemsOf(id)).map(({ obstacles }) => obstacles.map(({ gate }) => gate))).toEqual([['test.money'], []]);
  await sign(id);
  await agree(id);
  const refusal = await refused(decide(id));
  expect([refusal.problem, refusal.details.gates?.map(({ params }) => params)]).toEqual(['conflict', [{ no: 1, title: '丁一' }]]);
  closed = new Set();
  await decide(id);
  // A call was opened between the decision and the worker.
  closed = new Set([ids['一'], ids['二']]);
  expect(await carryOut()).toBe(2);
  expect((await publicCleanupExport(reader, city.cityId, id)).map(({ effect }) => effect)).toEqual(['held', 'held']);
  expect(await inForce('2026-03-02', ids['一']!)).toBeDefined();
  const due = await city.unitOfWork.run(overseer!, (tx) => city.app.get(DueRegistry).list(tx, { departmentId: null }));
  expect(due.items.filter(({ kind }) => kind === 'ledger.cleanup_held').map(({ policyId }) => policyId).sort()).toEqual([ids['一'], ids['二']].sort());
  closed = new Set();
  expect(await carryOut()).toBe(0);
  city.clock.set('2026-03-05T09:00:00+08:00');
  expect(await carryOut()).toBe(2);
  // Not on the day of the decision, which is past, but on the day on which it could be carried out.
  expect((await publicCleanupExport(reader, city.cityId, id)).map(({ effectOn, endedOn }) => [effectOn, endedOn])).toEqual([['2026-03-02', '2026-03-05'], ['2026-03-02', '2026-03-05']]);
  expect([(await inForce('2026-03-04', ids['一']!))?.to, (await inForce('2026-03-04', ids['二']!))?.to, await inForce('2026-03-05', ids['二']!)]).toEqual([null, null, undefined]);
  expect(first).toBeTruthy();
});

it('a worker that fails or is stopped goes on where it was, and one document keeps no other waiting', async () => {
  const ids = await published('癸', ['一', '二', '三']);
  let broken = ids['二'];
  city.app.get(LifeCycle).registerGate({ key: 'test.broken', on: ['abolish'], check: async (tx, { id }) => (id === broken ? tx.query('SELECT pg_terminate_backend(pg_backend_pid())').then(() => null) : null) });
  const id = await open('癸');
  broken = undefined;
  for (const name of ['一', '二', '三']) await propose(id, `癸${name}`, content('abolish'));
  await sign(id);
  await agree(id);
  await decide(id);
  broken = ids['二'];
  await expect(carryOut()).rejects.toThrow();
  expect((await publicCleanupExport(reader, city.cityId, id)).map(({ effect }) => effect)).toEqual(['done', 'pending', 'done']);
  broken = undefined;
  expect(await carryOut()).toBe(1);
  const changes = await city.sql<{ n: number }>(`SELECT count(*)::int AS n FROM validity_change WHERE city_id = $1 AND policy_id = ANY ($2)`, [city.cityId, Object.values(ids)]);
  expect(changes[0]?.n).toBe(3);
});

it('a document that ends by other means meanwhile needs no proposal, is told, and nothing is done to it; an open case is decided by the clean-up', async () => {
  const ids = await published('戊', ['亡', '案', '后']);
  const id = await open('戊');
  await city.sql(`UPDATE policy SET state = 'expired', effective_to = '2026-03-01' WHERE city_id = $1 AND id = $2`, [city.cityId, ids['亡']]);
  const gone = (await itemsOf(id)).find(({ title }) => title === '戊亡')!;
  expect(gone.gone).toBe(true);
  expect((await refused(city.app.get(ProposeCleanup).run(drafter!, id, gone.id, gone.rowVersion, content('keep')))).key).toBe('cleanup:error.gone');
  const caseId = await city.app.get(OpenAbolition).run(drafter!, ids['案']!, '不再需要');
  await propose(id, '戊案', content('abolish'));
  await propose(id, '戊后', content('abolish'));
  await sign(id);
  await agree(id);
  const number = await decide(id);
  await city.sql(`UPDATE policy SET state = 'superseded', ended_on = '2026-03-03' WHERE city_id = $1 AND id = $2`, [city.cityId, ids['后']]);
  await carryOut();
  expect((await publicCleanupExport(reader, city.cityId, id)).map(({ title, outcome, endedOn }) => [title, outcome, endedOn])).toEqual([['戊亡', 'ended', '2026-03-02'], ['戊案', 'abolish', '2026-03-02'], ['戊后', 'abolish', '2026-03-03']]);
  const cases = await city.sql<{ id: string; decision: string; notice_text: string; decided_by: string }>('SELECT id, decision, notice_text, decided_by FROM abolition_case WHERE city_id = $1 AND policy_id = ANY ($2)', [city.cityId, Object.values(ids)]);
  expect(cases).toEqual([{ id: caseId, decision: 'abolish', notice_text: `清理结果公布如下。（${number}）`, decided_by: decider!.accountId }]);
});

it('what hangs on a document: a choice or money is settled in a case before, what leaves nothing to choose ends with it; who had a hand in the case does not decide', async () => {
  const ids = await published('癸', ['物', '失']);
  const thing = (kind: string, id: string, ways: string[], fundsFen = 0): Dependent => ({ kind, id, title: kind, stateKey: 'common:none', href: '/', role: 'drafter', people: 0, fundsFen, ways, article: '' });
  const [call, text] = [newId(), newId()];
  city.app.get(DependentsRegistry).register({
    key: 'test.things', list: async (_tx, policyId) => (policyId === ids['物'] ? [thing('funding.call', call, ['close', 'run_off'], 100), thing('interpretation.material', text, ['end'])] : []),
  });
  const id = await open('癸');
  await propose(id, '癸物', content('abolish'));
  await propose(id, '癸失', content('lapse'));
  expect((await itemsOf(id)).map(({ obstacles }) => obstacles.map(({ key }) => key))).toEqual([['abolition:gate.unsettled.funding.call'], []]);
  await sign(id);
  await agree(id);
  expect((await refused(decide(id))).details.gates?.map(({ params }) => params)).toEqual([{ no: 1, title: '癸物' }]);
  const [ended, lapsing] = [await city.app.get(OpenAbolition).run({ ...decider!, roles: ['drafter', 'overseer'] }, ids['物']!, '不再需要'), await city.app.get(OpenAbolition).run(drafter!, ids['失']!, '不再需要')];
  await city.app.get(SettleDependents).run(drafter!, ended, { items: [`funding.call/${call}/0`], way: 'close', reason: '不再受理' });
  // One lapses while a case asks whether to abolish it, the other was opened by who would decide here.
  expect((await refused(decide(id))).details.gates).toHaveLength(2);
  await city.app.get(DecideAbolition).run(head!, lapsing, { decision: 'keep', reason: '由清理决定', noticeText: '', effectOn: null });
  const other = { ...(await city.person(['overseer'])), scope: 'city' as const };
  const number = await decide(id, other);
  expect(await carryOut()).toBe(2);
  const settled = await city.sql<{ kind: string; way: string; by: string; reason: string }>('SELECT kind, way, settled_by AS by, reason FROM abolition_settlement WHERE city_id = $1 AND case_id = $2 ORDER BY kind', [city.cityId, ended]);
  expect(settled).toEqual([
    { kind: 'funding.call', way: 'close', by: drafter!.accountId, reason: '不再受理' },
    { kind: 'interpretation.material', way: 'end', by: other.accountId, reason: `清理结果公布如下。（${number}）` },
  ]);
  const told = await city.sql<{ payload: { kind: string; way: string } }>(`SELECT payload FROM outbox WHERE city_id = $1 AND type = 'policy.dependent_settled.v1' AND payload->>'caseId' = $2`, [city.cityId, ended]);
  expect(told.map(({ payload }) => payload.kind).sort()).toEqual(['funding.call', 'interpretation.material']);
  expect([await inForce('2026-03-02', ids['物']!), await inForce('2026-03-02', ids['失']!)]).toEqual([undefined, undefined]);
});

it('keeps many at once, exactly those that were shown', async () => {
  await published('己', Array.from({ length: 30 }, (_, at) => `${at}`));
  const id = await open('己');
  const shown = (words: string) => city.unitOfWork.run(drafter!, (tx) => keepable(tx, id, city.drafting, { words }));
  const { digest, ids } = await shown('己1');
  expect(ids.length).toBe(11);
  await propose(id, '己1', content('abolish'));
  const keep = (seen: string, words = '己1', by = drafter!): Promise<number> => city.app.get(ProposeCleanup).keep(by, id, { words }, '仍然需要', seen);
  expect((await refused(keep(digest))).key).toBe('common:error.changedMeanwhile');
  const again = (await shown('己1')).digest;
  const twice = await Promise.allSettled([keep(again), keep(again)]);
  expect(twice.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))).toEqual([10]);
  const all = (await shown('')).digest;
  expect(await keep(all, '')).toBe(19);
  expect((await refused(keep((await shown('')).digest, ''))).key).toBe('cleanup:error.nothingToKeep');
  expect((await itemsOf(id)).length).toBe(25);
});

it('a joint document waits for the department that countersigned it, until the day of the check', async () => {
  const ids = await published('庚', ['共', '独']);
  await city.sql(`INSERT INTO participation (city_id, policy_id, tenant_id, owner_tenant_id, capacity, since) VALUES ($1, $2, $3, $4, 'countersign', $5)`, [city.cityId, ids['共'], city.other, city.drafting, city.clock.now()]);
  const [partner, stranger] = [await city.person(['department_head'], city.other), await city.person(['department_head'])];
  const id = await open('庚');
  const item = await propose(id, '庚共', content('abolish'));
  const alone = await propose(id, '庚独', content('abolish'));
  await sign(id);
  expect((await refused(agree(id))).key).toBe('cleanup:error.unanswered');
  const answer = (by: Actor, one = item, reason = '') => city.app.get(SignCleanup).answer(by, id, one, { answer: reason ? 'object' : 'agree', reason });
  for (const work of [answer(partner, alone), answer(stranger), answer(partner, newId()), answer(partner, 'rubbish')]) expect((await refused(work)).problem).toBe('not_found');
  const answers = await Promise.allSettled([answer(partner), answer(partner, item, '还有人要用')]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const seen = await city.unitOfWork.run(partner, (tx) => cleanupItemDesk(tx, sources, id, item));
  expect([seen.consents.length, seen.mayAnswer, seen.mayPropose]).toEqual([1, false, false]);
  expect((await refused(city.unitOfWork.run(partner, (tx) => cleanupItemDesk(tx, sources, id, alone)))).problem).toBe('not_found');
  // A new proposal asks for a new answer; the day of the check ends the waiting.
  await city.app.get(SignCleanup).sendBack(checker!, id, city.drafting, '重提');
  city.clock.set('2026-03-02T10:00:00+08:00');
  await propose(id, '庚共', content('abolish', { reason: '新理由' }));
  await sign(id);
  expect((await refused(agree(id))).key).toBe('cleanup:error.unanswered');
  city.clock.set('2026-04-01T09:00:00+08:00');
  await agree(id);
});

it('is nobody else\'s: another department, another role, an auditor, another city, rubbish', async () => {
  await published('辛', ['一']);
  const id = await open('辛');
  const [item] = await itemsOf(id);
  const [foreign, foreignHead, auditor] = [await city.person(['drafter'], city.other), await city.person(['department_head'], city.other), { ...(await city.person(['audit_admin'])), scope: 'city' as const }];
  const elsewhere: Actor = { ...drafter!, cityId: '000000' };
  const proposing = (by: Actor, cleanupId = id, itemId = item!.id, what = content('keep')) => city.app.get(ProposeCleanup).run(by, cleanupId, itemId, item!.rowVersion, what);
  for (const by of [foreign, elsewhere]) expect((await refused(proposing(by))).problem).toBe('not_found');
  for (const by of [head!, overseer!]) expect(['forbidden', 'not_found']).toContain((await refused(proposing(by))).problem);
  for (const [c, i] of [[newId(), item!.id], [id, newId()], ['x', item!.id], [id, 'x']]) expect((await refused(proposing(drafter!, c, i))).problem).toBe('not_found');
  expect((await refused(city.app.get(SignCleanup).sign(foreignHead, id, 1))).problem).toBe('not_found');
  for (const by of [auditor, drafter!, head!]) {
    expect((await refused(open('辛', by))).problem).toBe('forbidden');
    expect((await refused(city.app.get(SignCleanup).agree(by, id, city.drafting, 1))).problem).toBe('forbidden');
    expect((await refused(city.app.get(RunCleanup).cancel(by, id, '理由'))).problem).toBe('forbidden');
    expect((await refused(city.app.get(DecideCleanup).run(by, id, 1, { number: '1', text: '1' }))).problem).toBe('forbidden');
  }
  expect((await refused(city.unitOfWork.run(foreign, (tx) => cleanupSheet(tx, sources, id, city.drafting, {})))).problem).toBe('not_found');
  expect((await refused(city.unitOfWork.run(foreign, (tx) => cleanupItemDesk(tx, sources, id, item!.id)))).problem).toBe('not_found');
  expect((await city.unitOfWork.run(foreign, (tx) => cleanupOverview(tx, id))).sheets).toEqual([]);
  expect((await refused(publicCleanup(reader, city.cityId, id))).problem).toBe('not_found');
  for (const what of [content('amend', { amendBy: '2026-02-30' }), content('amend', { amendBy: '9999-12-31' }), content('abolish', { effectOn: 'x' }), content('abolish', { effectOn: '2026-03-01' }), content('lapse', { replacedBy: 'x' }), content('abolish', { replacedBy: newId() }),
    content('keep', { reason: ' ' }), content('burn' as never)]) expect((await refused(proposing(drafter!, id, item!.id, what))).problem).toBe('invalid');
  // Two at once on one version: the second is told that it changed.
  const two = await Promise.allSettled([proposing(drafter!), proposing(drafter!, id, item!.id, content('abolish'))]);
  expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await city.app.get(RunCleanup).cancel(overseer!, id, '并入下一次');
  expect((await refused(proposing(drafter!))).key).toBe('cleanup:error.over');
});
