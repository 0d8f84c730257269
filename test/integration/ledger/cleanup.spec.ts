import { cleanupItemDesk, cleanupOverview, cleanupSheet, DecideCleanup, ExpirePolicies, keepable, OpenAbolition, OpenCleanup, ProposeCleanup, publicCleanup, publicCleanupExport, RunCleanup, SignCleanup, unlisted } from '@domains/ledger';
import { DueRegistry, LifeCycle } from '@core/policy';
import { type Actor, newId } from '@platform/kernel';
import { cleanupHands, type CleanupHands, content, opening, refused } from '../../support/cleanup-hands';
import { openSmallCity, type SmallCity } from '../../support/small-city';

let city: SmallCity;
let hands: CleanupHands;
beforeAll(async () => {
  city = await openSmallCity();
  hands = await cleanupHands(city);
});
beforeEach(() => city.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => city.close());

it('takes the documents in force of the day by scope, each once, and the list stays', async () => {
  const ids = await hands.published('甲', ['一', '二', '三']);
  await city.policy({ state: 'drafting', title: '甲草案' });
  const key = newId();
  const twice = await Promise.all([city.app.get(OpenCleanup).run(hands.overseer, opening('甲'), key), city.app.get(OpenCleanup).run(hands.overseer, opening('甲'), key)]);
  expect(twice[0]).toBe(twice[1]);
  expect((await hands.itemsOf(twice[0])).map(({ policyId, no }) => [policyId, no])).toEqual([[ids['一'], 1], [ids['二'], 2], [ids['三'], 3]]);
  const { 四: late } = await hands.published('甲', ['四']);
  const missing = await city.unitOfWork.run(hands.overseer, async (tx) => unlisted(tx, (await cleanupOverview(tx, twice[0])).cleanup));
  expect(missing.items.map(({ id }) => id)).toContain(late);
  const add = (): Promise<void> => city.app.get(RunCleanup).add(hands.overseer, twice[0], late!);
  await Promise.all([add(), add()]);
  expect((await hands.itemsOf(twice[0])).map(({ title, no, added }) => [title, no, added])).toEqual([['甲一', 1, false], ['甲二', 2, false], ['甲三', 3, false], ['甲四', 4, true]]);
  expect(await refused(hands.open('没有这个词'))).toMatchObject({ problem: 'invalid', key: 'cleanup:error.empty' });
  expect((await refused(city.app.get(RunCleanup).add(hands.overseer, twice[0], 'rubbish'))).problem).toBe('not_found');
});

it('is proposed by the own department, signed by its head, checked and decided by two others, and then acts once', async () => {
  const ids = await hands.published('乙', ['留', '改', '废', '失']);
  const id = await hands.open('乙');
  const [abolished, lapsed] = [await hands.propose(id, '乙废', content('abolish', { effectOn: '2026-05-01' })), await hands.propose(id, '乙失', content('lapse'))];
  await hands.propose(id, '乙改', content('amend'));
  expect(await refused(hands.sign(id))).toMatchObject({ key: 'cleanup:error.missing' });
  await hands.propose(id, '乙留', content('keep'));
  expect((await refused(hands.sign(id, hands.drafter))).problem).toBe('forbidden');
  await hands.sign(id);
  expect(await refused(city.app.get(ProposeCleanup).run(hands.drafter, id, lapsed, 2, content('keep')))).toMatchObject({ problem: 'conflict', key: 'cleanup:error.signed' });

  await city.app.get(SignCleanup).remark(hands.checker, id, abolished, '请说明后续衔接。');
  expect((await refused(hands.agree(id))).key).toBe('cleanup:error.remarksOpen');
  await city.app.get(SignCleanup).sendBack(hands.checker, id, city.drafting, '一件需补充。');
  expect((await refused(hands.sign(id))).key).toBe('cleanup:error.remarksOpen');
  await hands.propose(id, '乙废', content('abolish', { effectOn: '2026-05-01', reason: '已有新办法。' }));
  await hands.sign(id);
  expect((await refused(hands.decide(id))).key).toBe('cleanup:error.notAgreed');
  await hands.agree(id);
  expect(await refused(hands.decide(id, hands.checker))).toMatchObject({ problem: 'forbidden', key: 'cleanup:error.ownCheck' });
  expect((await refused(hands.decide(id, hands.head))).problem).toBe('forbidden');

  city.clock.set('2026-04-01T09:00:00+08:00');
  const both = await Promise.allSettled([hands.decide(id), hands.decide(id)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const counts = (await publicCleanup(hands.reader, city.cityId, id)).counts;
  expect(counts).toEqual({ keep: 1, end: 2, amend: 1 });
  await Promise.all([hands.carryOut(), hands.carryOut()]);
  expect(await hands.carryOut()).toBe(0);

  const changes = await city.sql<{ kind: string; effect_on: string }>(`SELECT kind, effect_on::text FROM validity_change WHERE city_id = $1 AND policy_id = ANY ($2) ORDER BY kind`, [city.cityId, Object.values(ids)]);
  expect(changes).toEqual([{ kind: 'abolished', effect_on: '2026-05-01' }, { kind: 'lapsed', effect_on: '2026-04-01' }]);
  const events = await city.sql<{ n: number }>(`SELECT count(*)::int AS n FROM outbox WHERE city_id = $1 AND type = 'ledger.cleanup_amends.v1' AND payload ->> 'policyId' = $2`, [city.cityId, ids['改']]);
  expect(events[0]?.n).toBe(1);
  expect([(await hands.inForce('2026-04-30', ids['废']!))?.to, await hands.inForce('2026-05-01', ids['废']!), (await hands.inForce('2026-03-31', ids['失']!))?.to, await hands.inForce('2026-04-01', ids['失']!), (await hands.inForce('2026-05-01', ids['留']!))?.to])
    .toEqual(['2026-04-30', undefined, null, undefined, null]);
  await city.app.get(ExpirePolicies).run(city.cityId);
  const states = await city.sql<{ title: string; state: string }>('SELECT title, state FROM policy WHERE city_id = $1 AND id = ANY ($2) ORDER BY title', [city.cityId, Object.values(ids)]);
  expect(states.map(({ title, state }) => `${title} ${state}`).sort()).toEqual(['乙失 expired', '乙废 abolished', '乙改 published', '乙留 published'].sort());
  const rows = await publicCleanupExport(hands.reader, city.cityId, id);
  expect(rows.map(({ title, outcome, endedOn }) => [title, outcome, endedOn])).toEqual([['乙留', 'keep', null], ['乙改', 'amend', null], ['乙废', 'abolish', '2026-05-01'], ['乙失', 'lapse', '2026-04-01']]);
  const audit = await city.sql<{ n: number }>(`SELECT count(*)::int AS n FROM audit_entry WHERE city_id = $1 AND payload LIKE '%ledger.cleanup_carried_out%'`, [city.cityId]);
  expect(audit[0]?.n).toBe(3);
});

it('what was decided stays as it was published, and what was listed as it was listed', async () => {
  await hands.published('丙', ['一']);
  const id = await hands.open('丙');
  const item = await hands.propose(id, '丙一', content('keep'));
  await expect(city.sql(`UPDATE cleanup_item SET title = '别的' WHERE city_id = $1 AND id = $2`, [city.cityId, item])).rejects.toThrow('not changed');
  await hands.sign(id);
  await hands.agree(id);
  await hands.decide(id);
  for (const change of [`reason = '别的'`, `outcome = 'abolish', effect = 'pending'`, 'is_public = false']) {
    await expect(city.sql(`UPDATE cleanup_item SET ${change} WHERE city_id = $1 AND id = $2`, [city.cityId, item])).rejects.toThrow('not changed');
  }
  await expect(city.sql(`UPDATE cleanup SET decision_number = '1' WHERE city_id = $1 AND id = $2`, [city.cityId, id])).rejects.toThrow('not changed');
  await expect(city.sql('DELETE FROM cleanup_item WHERE city_id = $1 AND id = $2', [city.cityId, item])).rejects.toThrow();
});

it('nothing is ended while a gate is closed, before the decision or after it', async () => {
  const ids = await hands.published('丁', ['一', '二']);
  let closed = new Set([ids['一']]);
  city.app.get(LifeCycle).registerGate({ key: 'test.money', on: ['abolish'], check: async (_tx, { id }) => (closed.has(id) ? { gate: 'test.money', key: 'funding:gate.unsettled', params: { count: 1 }, article: '预算法' } : null) });
  const id = await hands.open('丁');
  const first = await hands.propose(id, '丁一', content('abolish'));
  await hands.propose(id, '丁二', content('lapse'));
  expect((await hands.itemsOf(id)).map(({ obstacles }) => obstacles.map(({ gate }) => gate))).toEqual([['test.money'], []]);
  await hands.sign(id);
  await hands.agree(id);
  const refusal = await refused(hands.decide(id));
  expect([refusal.problem, refusal.details.gates?.map(({ params }) => params)]).toEqual(['conflict', [{ no: 1, title: '丁一' }]]);
  closed = new Set();
  await hands.decide(id);
  // A call was opened between the decision and the worker.
  closed = new Set([ids['一'], ids['二']]);
  expect(await hands.carryOut()).toBe(2);
  expect((await publicCleanupExport(hands.reader, city.cityId, id)).map(({ effect }) => effect)).toEqual(['held', 'held']);
  expect(await hands.inForce('2026-03-02', ids['一']!)).toBeDefined();
  const due = await city.unitOfWork.run(hands.overseer, (tx) => city.app.get(DueRegistry).list(tx, { departmentId: null }));
  expect(due.items.filter(({ kind }) => kind === 'ledger.cleanup_held').map(({ policyId }) => policyId).sort()).toEqual([ids['一'], ids['二']].sort());
  closed = new Set();
  expect(await hands.carryOut()).toBe(0);
  city.clock.set('2026-03-05T09:00:00+08:00');
  expect(await hands.carryOut()).toBe(2);
  // Not on the day of the decision, which is past, but on the day on which it could be carried out.
  expect((await publicCleanupExport(hands.reader, city.cityId, id)).map(({ effectOn, endedOn }) => [effectOn, endedOn])).toEqual([['2026-03-02', '2026-03-05'], ['2026-03-02', '2026-03-05']]);
  expect([(await hands.inForce('2026-03-04', ids['一']!))?.to, (await hands.inForce('2026-03-04', ids['二']!))?.to, await hands.inForce('2026-03-05', ids['二']!)]).toEqual([null, null, undefined]);
  expect(first).toBeTruthy();
});

it('a worker that fails or is stopped goes on where it was, and one document keeps no other waiting', async () => {
  const ids = await hands.published('癸', ['一', '二', '三']);
  let broken = ids['二'];
  city.app.get(LifeCycle).registerGate({ key: 'test.broken', on: ['abolish'], check: async (tx, { id }) => (id === broken ? tx.query('SELECT pg_terminate_backend(pg_backend_pid())').then(() => null) : null) });
  const id = await hands.open('癸');
  broken = undefined;
  for (const name of ['一', '二', '三']) await hands.propose(id, `癸${name}`, content('abolish'));
  await hands.sign(id);
  await hands.agree(id);
  await hands.decide(id);
  broken = ids['二'];
  await expect(hands.carryOut()).rejects.toThrow();
  expect((await publicCleanupExport(hands.reader, city.cityId, id)).map(({ effect }) => effect)).toEqual(['done', 'pending', 'done']);
  broken = undefined;
  expect(await hands.carryOut()).toBe(1);
  const changes = await city.sql<{ n: number }>(`SELECT count(*)::int AS n FROM validity_change WHERE city_id = $1 AND policy_id = ANY ($2)`, [city.cityId, Object.values(ids)]);
  expect(changes[0]?.n).toBe(3);
});

it('a document that ends by other means meanwhile needs no proposal, is told, and nothing is done to it; an open case is decided by the clean-up', async () => {
  const ids = await hands.published('戊', ['亡', '案', '后']);
  const id = await hands.open('戊');
  await city.sql(`UPDATE policy SET state = 'expired', effective_to = '2026-03-01' WHERE city_id = $1 AND id = $2`, [city.cityId, ids['亡']]);
  const gone = (await hands.itemsOf(id)).find(({ title }) => title === '戊亡')!;
  expect(gone.gone).toBe(true);
  expect((await refused(city.app.get(ProposeCleanup).run(hands.drafter, id, gone.id, gone.rowVersion, content('keep')))).key).toBe('cleanup:error.gone');
  const caseId = await city.app.get(OpenAbolition).run(hands.drafter, ids['案']!, '不再需要');
  await hands.propose(id, '戊案', content('abolish'));
  await hands.propose(id, '戊后', content('abolish'));
  await hands.sign(id);
  await hands.agree(id);
  const number = await hands.decide(id);
  await city.sql(`UPDATE policy SET state = 'superseded', ended_on = '2026-03-03' WHERE city_id = $1 AND id = $2`, [city.cityId, ids['后']]);
  await hands.carryOut();
  expect((await publicCleanupExport(hands.reader, city.cityId, id)).map(({ title, outcome, endedOn }) => [title, outcome, endedOn])).toEqual([['戊亡', 'ended', '2026-03-02'], ['戊案', 'abolish', '2026-03-02'], ['戊后', 'abolish', '2026-03-03']]);
  const cases = await city.sql<{ id: string; decision: string; notice_text: string; decided_by: string }>('SELECT id, decision, notice_text, decided_by FROM abolition_case WHERE city_id = $1 AND policy_id = ANY ($2)', [city.cityId, Object.values(ids)]);
  expect(cases).toEqual([{ id: caseId, decision: 'abolish', notice_text: `清理结果公布如下。（${number}）`, decided_by: hands.decider.accountId }]);
});

it('keeps many at once, exactly those that were shown', async () => {
  await hands.published('己', Array.from({ length: 30 }, (_, at) => `${at}`));
  const id = await hands.open('己');
  const shown = (words: string) => city.unitOfWork.run(hands.drafter, (tx) => keepable(tx, id, city.drafting, { words }));
  const { digest, ids } = await shown('己1');
  expect(ids.length).toBe(11);
  await hands.propose(id, '己1', content('abolish'));
  const keep = (seen: string, words = '己1', by = hands.drafter): Promise<number> => city.app.get(ProposeCleanup).keep(by, id, { words }, '仍然需要', seen);
  expect((await refused(keep(digest))).key).toBe('common:error.changedMeanwhile');
  const again = (await shown('己1')).digest;
  const twice = await Promise.allSettled([keep(again), keep(again)]);
  expect(twice.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))).toEqual([10]);
  const all = (await shown('')).digest;
  expect(await keep(all, '')).toBe(19);
  expect((await refused(keep((await shown('')).digest, ''))).key).toBe('cleanup:error.nothingToKeep');
  expect((await hands.itemsOf(id)).length).toBe(25);
});

it('a joint document waits for the department that countersigned it, until the day of the check', async () => {
  const ids = await hands.published('庚', ['共', '独']);
  await city.sql(`INSERT INTO participation (city_id, policy_id, tenant_id, owner_tenant_id, capacity, since) VALUES ($1, $2, $3, $4, 'countersign', $5)`, [city.cityId, ids['共'], city.other, city.drafting, city.clock.now()]);
  const [partner, stranger] = [await city.person(['department_head'], city.other), await city.person(['department_head'])];
  const id = await hands.open('庚');
  const item = await hands.propose(id, '庚共', content('abolish'));
  const alone = await hands.propose(id, '庚独', content('abolish'));
  await hands.sign(id);
  expect((await refused(hands.agree(id))).key).toBe('cleanup:error.unanswered');
  const answer = (by: Actor, one = item, reason = '') => city.app.get(SignCleanup).answer(by, id, one, { answer: reason ? 'object' : 'agree', reason });
  for (const work of [answer(partner, alone), answer(stranger), answer(partner, newId()), answer(partner, 'rubbish')]) expect((await refused(work)).problem).toBe('not_found');
  const answers = await Promise.allSettled([answer(partner), answer(partner, item, '还有人要用')]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const seen = await city.unitOfWork.run(partner, (tx) => cleanupItemDesk(tx, hands.sources, id, item));
  expect([seen.consents.length, seen.mayAnswer, seen.mayPropose]).toEqual([1, false, false]);
  expect((await refused(city.unitOfWork.run(partner, (tx) => cleanupItemDesk(tx, hands.sources, id, alone)))).problem).toBe('not_found');
  // A new proposal asks for a new answer; the day of the check ends the waiting.
  await city.app.get(SignCleanup).sendBack(hands.checker, id, city.drafting, '重提');
  city.clock.set('2026-03-02T10:00:00+08:00');
  await hands.propose(id, '庚共', content('abolish', { reason: '新理由' }));
  await hands.sign(id);
  expect((await refused(hands.agree(id))).key).toBe('cleanup:error.unanswered');
  city.clock.set('2026-04-01T09:00:00+08:00');
  await hands.agree(id);
});

it('is nobody else\'s: another department, another role, an auditor, another city, rubbish', async () => {
  await hands.published('辛', ['一']);
  const id = await hands.open('辛');
  const [item] = await hands.itemsOf(id);
  const [foreign, foreignHead, auditor] = [await city.person(['drafter'], city.other), await city.person(['department_head'], city.other), { ...(await city.person(['audit_admin'])), scope: 'city' as const }];
  const elsewhere: Actor = { ...hands.drafter, cityId: '000000' };
  const proposing = (by: Actor, cleanupId = id, itemId = item!.id, what = content('keep')) => city.app.get(ProposeCleanup).run(by, cleanupId, itemId, item!.rowVersion, what);
  for (const by of [foreign, elsewhere]) expect((await refused(proposing(by))).problem).toBe('not_found');
  for (const by of [hands.head, hands.overseer]) expect(['forbidden', 'not_found']).toContain((await refused(proposing(by))).problem);
  for (const [c, i] of [[newId(), item!.id], [id, newId()], ['x', item!.id], [id, 'x']]) expect((await refused(proposing(hands.drafter, c, i))).problem).toBe('not_found');
  expect((await refused(city.app.get(SignCleanup).sign(foreignHead, id, 1))).problem).toBe('not_found');
  for (const by of [auditor, hands.drafter, hands.head]) {
    expect((await refused(hands.open('辛', by))).problem).toBe('forbidden');
    expect((await refused(city.app.get(SignCleanup).agree(by, id, city.drafting, 1))).problem).toBe('forbidden');
    expect((await refused(city.app.get(RunCleanup).cancel(by, id, '理由'))).problem).toBe('forbidden');
    expect((await refused(city.app.get(DecideCleanup).run(by, id, 1, { number: '1', text: '1' }))).problem).toBe('forbidden');
  }
  expect((await refused(city.unitOfWork.run(foreign, (tx) => cleanupSheet(tx, hands.sources, id, city.drafting, {})))).problem).toBe('not_found');
  expect((await refused(city.unitOfWork.run(foreign, (tx) => cleanupItemDesk(tx, hands.sources, id, item!.id)))).problem).toBe('not_found');
  expect((await city.unitOfWork.run(foreign, (tx) => cleanupOverview(tx, id))).sheets).toEqual([]);
  expect((await refused(publicCleanup(hands.reader, city.cityId, id))).problem).toBe('not_found');
  for (const what of [content('amend', { amendBy: '2026-02-30' }), content('amend', { amendBy: '9999-12-31' }), content('abolish', { effectOn: 'x' }), content('abolish', { effectOn: '2026-03-01' }), content('lapse', { replacedBy: 'x' }), content('abolish', { replacedBy: newId() }),
    content('keep', { reason: ' ' }), content('burn' as never)]) expect((await refused(proposing(hands.drafter, id, item!.id, what))).problem).toBe('invalid');
  // Two at once on one version: the second is told that it changed.
  const two = await Promise.allSettled([proposing(hands.drafter), proposing(hands.drafter, id, item!.id, content('abolish'))]);
  expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await city.app.get(RunCleanup).cancel(hands.overseer, id, '并入下一次');
  expect((await refused(proposing(hands.drafter))).key).toBe('cleanup:error.over');
});
