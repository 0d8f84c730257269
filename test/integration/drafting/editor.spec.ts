import { type Actor, DomainError } from '@platform/kernel';
import { DraftingModule, listDraftSaves, readConflict, readDraftSave, ResolveConflict, SaveDraft, SubmitVersion } from '@domains/drafting';
import { provisionsOf } from '@core/policy';
import { reassemble } from '@core/documents';
import { type Office, openOffice } from '../../support/office';
import { type People, peopleOf, startedPolicy, TEXT } from './matter';

let office: Office;
let people: People;
let colleague: Actor;
beforeAll(async () => {
  office = await openOffice(DraftingModule);
  people = await peopleOf(office);
  colleague = await office.person('同事', ['drafter']);
});
afterAll(() => office.close());

const save = (actor: Actor, id: string, seen: number, text: string, more: object = {}) => office.get(SaveDraft).run(actor, id, { seen, text, draftingNote: '说明', ...more });
const read = <T>(work: Parameters<typeof office.unitOfWork.run<T>>[1]): Promise<T> => office.unitOfWork.run(people.drafter, work);
const stored = (id: string): Promise<string> => read(async (tx) => {
  const [version] = await tx.query<{ id: string }>(`SELECT id FROM policy_version WHERE city_id = $1 AND policy_id = $2 AND state = 'draft'`, [tx.cityId, id]);
  return reassemble((await provisionsOf(tx, version?.id ?? '')) as never);
});
const history = (id: string) => read((tx) => listDraftSaves(tx, id));
const textsOf = async (id: string): Promise<string[]> => {
  const saves = await history(id);
  return Promise.all(saves.map(async (entry) => (await read((tx) => readDraftSave(tx, id, entry.id))).text));
};
const reword = (from: string, to: string): string => TEXT.replace(from, to);

it('writes automatic saves of ten minutes down as one, for each person, and notes each as drafter', async () => {
  const id = await startedPolicy(office, people);
  let seen = 1;
  for (let n = 0; n < 5; n += 1) ({ rowVersion: seen } = await save(people.drafter, id, seen, `${TEXT}\n第五条　第${n}次。`, { automatic: true, editor: 'page-1' }));
  ({ rowVersion: seen } = await save(colleague, id, seen, `${TEXT}\n第五条　同事。`, { automatic: true, editor: 'page-2' }));
  const at = office.clock.now();
  office.clock.set(new Date(at.getTime() + 11 * 60_000));
  await save(people.drafter, id, seen, `${TEXT}\n第五条　十一分钟后。`, { automatic: true, editor: 'page-1' });
  office.clock.set(at);
  // The state before the first save, then one entry for each stretch.
  expect((await history(id)).map(({ rowVersion }) => rowVersion)).toEqual([8, 7, 2, 1]);
  const [audited] = await office.sql<{ n: number }>(
    `SELECT count(*)::int AS n FROM audit_entry WHERE city_id = $1 AND payload::jsonb ->> 'action' = 'drafting.draft_saved'
       AND payload::jsonb ->> 'subjectId' = (SELECT id::text FROM policy_version WHERE city_id = $1 AND policy_id = $2)`, [office.cityId, id]);
  expect(audited?.n).toBe(3);
  const drafters = await office.sql('SELECT 1 FROM policy_drafter WHERE city_id = $1 AND policy_id = $2', [office.cityId, id]);
  expect(drafters.length).toBe(2);
});

it('thins automatic saves out and keeps an ancestor for whoever has an old page open', async () => {
  const id = await startedPolicy(office, people);
  let seen = 1;
  for (let n = 0; n < 130; n += 1) ({ rowVersion: seen } = await save(people.drafter, id, seen, `${TEXT}\n第五条　第${n}次。`, { automatic: true }));
  const [count] = await office.sql<{ n: number }>(
    'SELECT count(*)::int AS n FROM draft_save s JOIN policy_version v ON v.city_id = s.city_id AND v.id = s.version_id WHERE s.city_id = $1 AND v.policy_id = $2', [office.cityId, id]);
  expect(count?.n).toBeLessThan(70);
  const { base } = await read((tx) => readConflict(tx, id, 50));
  // Row version 50 is gone; 40 held the thirty-ninth save.
  expect(base.text).toContain('第38次');
});

it('takes a save again whose answer was lost, and goes on from it, but never from another page’s', async () => {
  const id = await startedPolicy(office, people);
  await save(people.drafter, id, 1, TEXT, { automatic: true, editor: 'page-1' });
  expect((await save(people.drafter, id, 1, TEXT, { automatic: true, editor: 'page-1' })).rowVersion).toBe(2);
  expect((await save(people.drafter, id, 1, reword('为了', '为'), { automatic: true, editor: 'page-1' })).rowVersion).toBe(3);
  await expect(save(people.drafter, id, 1, `${TEXT}\n第五条　另一页。`, { automatic: true, editor: 'page-2' })).rejects.toThrow(DomainError);
  await expect(save(colleague, id, 1, `${TEXT}\n第五条　同事。`, { automatic: true, editor: 'page-1' })).rejects.toThrow(DomainError);
});

it('lets one of many saves at once win, and the loser take any of three ways without losing a word', async () => {
  for (const choice of ['mine', 'theirs', 'merge'] as const) {
    const id = await startedPolicy(office, people);
    await save(people.drafter, id, 1, TEXT);
    const texts = [reword('鼓励企业更新设备', '鼓励企业更新先进设备'), reword('在本市登记的企业', '在本市登记的工业企业')];
    const results = await Promise.allSettled(texts.map((text, at) => save(at === 0 ? people.drafter : colleague, id, 2, text)));
    const won = results.findIndex(({ status }) => status === 'fulfilled');
    const lost = 1 - won;
    expect(results[lost]).toMatchObject({ status: 'rejected', reason: { key: 'common:error.changedMeanwhile' } });
    expect(await stored(id)).toBe(texts[won]);
    const { theirs, base } = await read((tx) => readConflict(tx, id, 2));
    expect([theirs.rowVersion, base.text]).toEqual([3, TEXT]);
    const result = await office.get(ResolveConflict).run(lost === 0 ? people.drafter : colleague, id, { choice, seen: 2, theirs: 3, text: texts[lost] ?? '', draftingNote: '说明' });
    expect(result.unfinished).toBeNull();
    const now = await stored(id);
    if (choice === 'merge') expect([now.includes('先进设备'), now.includes('工业企业')]).toEqual([true, true]);
    else expect(now).toBe(choice === 'mine' ? texts[lost] : texts[won]);
    expect(await textsOf(id)).toEqual(expect.arrayContaining([TEXT, ...texts]));
  }
});

it('gives both wordings back where both changed one clause, saves nothing, and submits no text with marks', async () => {
  const id = await startedPolicy(office, people);
  await save(people.drafter, id, 1, TEXT);
  await save(colleague, id, 2, reword('一年内', '三年内'));
  const mine = reword('一年内', '两年内');
  const { unfinished } = await office.get(ResolveConflict).run(people.drafter, id, { choice: 'merge', seen: 2, theirs: 3, text: mine, draftingNote: '我的说明' });
  expect(unfinished).toMatchObject({ rowVersion: 3, conflicts: 1, draftingNote: '我的说明' });
  expect(await stored(id)).toBe(reword('一年内', '三年内'));
  await save(people.drafter, id, 3, unfinished?.text ?? '');
  await expect(office.get(SubmitVersion).run(people.drafter, id, 4)).rejects.toMatchObject({ key: 'editor:error.marksLeft' });
  await save(people.drafter, id, 4, mine);
  await expect(office.get(SubmitVersion).run(people.drafter, id, 5)).resolves.toBeDefined();
});

it('refuses a choice when yet another save came in between, and leaves everything as it was', async () => {
  const id = await startedPolicy(office, people);
  await save(people.drafter, id, 1, TEXT);
  await save(colleague, id, 2, reword('一年内', '三年内'));
  await save(colleague, id, 3, reword('一年内', '五年内'));
  for (const choice of ['mine', 'merge'] as const) {
    await expect(office.get(ResolveConflict).run(people.drafter, id, { choice, seen: 2, theirs: 3, text: reword('为了', '为'), draftingNote: '' })).rejects.toMatchObject({ problem: 'conflict' });
  }
  expect(await stored(id)).toBe(reword('一年内', '五年内'));
});

it('loses nothing when the connection dies in the middle of a save', async () => {
  const id = await startedPolicy(office, people);
  await save(people.drafter, id, 1, TEXT);
  const dying = office.unitOfWork.run(people.drafter, async (tx) => {
    await tx.query('DELETE FROM provision WHERE city_id = $1 AND version_id IN (SELECT id FROM policy_version WHERE city_id = $1 AND policy_id = $2)', [tx.cityId, id]);
    await tx.query('SELECT pg_terminate_backend(pg_backend_pid()) WHERE $1 <> $2', [tx.cityId, '']);
  });
  await expect(dying).rejects.toThrow();
  expect(await stored(id)).toBe(TEXT);
  expect((await save(people.drafter, id, 2, reword('为了', '为'))).rowVersion).toBe(3);
});

it('keeps the identity of every clause, and touches no row that stays as it is', async () => {
  const id = await startedPolicy(office, people);
  await save(people.drafter, id, 1, TEXT);
  const rows = () => office.sql<{ clause_id: string; identity: string; xmin: string; text: string }>(
    `SELECT p.clause_id, p.identity, p.xmin::text, p.text FROM provision p JOIN policy_version v ON v.city_id = p.city_id AND v.id = p.version_id WHERE p.city_id = $1 AND v.policy_id = $2 ORDER BY p.seq`, [office.cityId, id]);
  const before = await rows();
  await save(people.drafter, id, 2, reword('一年内', '三年内'));
  const after = await rows();
  expect(after.map(({ identity }) => identity)).toEqual(before.map(({ identity }) => identity));
  expect(after.filter(({ xmin }, at) => xmin !== before[at]?.xmin).map(({ text }) => text)).toEqual(['三年内无重大违法记录。']);
  await save(people.drafter, id, 3, reword('第三条　', '第三条　本市产业局负责受理。\n第四条　').replace('第四条　本办法自', '第五条　本办法自'));
  const moved = await rows();
  const identityOf = (list: typeof moved, text: string): string | undefined => list.find((row) => row.text.includes(text))?.identity;
  for (const text of ['符合下列条件', '依法登记', '自公布之日']) expect(identityOf(moved, text)).toBe(identityOf(before, text));
  expect(await stored(id)).toContain('第四条　符合下列条件');
});
