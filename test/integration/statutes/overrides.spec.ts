import { ConfirmOverride, ConfirmParameter, effectiveParameter, type OverrideInput, SetOverride, StatutesModule } from '@core/statutes';
import type { Actor } from '@platform/kernel';
import { type Office, openOffice } from '../../support/office';

let office: Office;
let head: Actor;
let overseer: Actor;
let second: Actor;
beforeAll(async () => {
  office = await openOffice(StatutesModule);
  head = await office.person('局长', ['department_head']);
  overseer = { ...(await office.person('督查一', ['overseer'])), scope: 'city' };
  second = { ...(await office.person('督查二', ['overseer'])), scope: 'city' };
});
afterAll(() => office.close());

const input = (more: Partial<OverrideInput> = {}): OverrideInput => ({
  paramId: 'nrd.consult.other', field: 'min', value: 10, source: '云产规〔2026〕1号', reason: '本市市场主体多，意见需要更多时间', from: '2026-03-02', to: null, wholeCity: false, ...more,
});
const set = (actor: Actor, more: Partial<OverrideInput> = {}): Promise<{ id: string }> => office.get(SetOverride).run(actor, input(more));
const holds = (tenantId: string, on = '2026-03-10') => office.unitOfWork.run(head, (tx) => effectiveParameter(tx, 'nrd.consult.other', on, tenantId));

it('counts once a second person confirmed it, for its department alone, and cites both rules', async () => {
  const { id } = await set(head);
  expect((await holds(office.drafting)).value.min).toBe(7);
  await office.get(ConfirmOverride).run(overseer, id);
  expect(await holds(office.drafting)).toMatchObject({ value: { min: 10 }, source: { zh: '《市县法治政府建设示范指标体系》（2021年版）第24项；云产规〔2026〕1号' } });
  expect((await holds(office.drafting, '2026-03-01')).value.min).toBe(7);
  expect((await holds(office.other)).value.min).toBe(7);
  await expect(office.get(ConfirmOverride).run(second, id)).rejects.toMatchObject({ key: 'statutes:error.confirmedAlready' });
});

it('holds for the whole city where who oversees it says so, behind what a department set itself', async () => {
  await expect(set(head, { wholeCity: true })).rejects.toMatchObject({ problem: 'forbidden' });
  const { id } = await set(overseer, { wholeCity: true, value: 8, source: '云府规〔2026〕2号' });
  await expect(office.get(ConfirmOverride).run(overseer, id)).rejects.toMatchObject({ key: 'statutes:error.ownOverride' });
  await office.get(ConfirmOverride).run(second, id);
  expect([(await holds(office.drafting)).value.min, (await holds(office.other)).value.min]).toEqual([10, 8]);
});

it('confirms one of two that begin on one day', async () => {
  const ids = await Promise.all([set(head, { from: '2026-06-01', value: 12 }), set(head, { from: '2026-06-01', value: 13 })]);
  const results = await Promise.allSettled([office.get(ConfirmOverride).run(overseer, ids[0]?.id ?? ''), office.get(ConfirmOverride).run(second, ids[1]?.id ?? '')]);
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
});

it.each([
  [{ value: 6 }, 'statutes:error.beyondLeeway.longer'],
  [{ value: 7.5 }, 'statutes:error.beyondLeeway.longer'],
  [{ paramId: 'nrd.legal_review', field: 'max', value: 16 }, 'statutes:error.beyondLeeway.shorter'],
  [{ paramId: 'foi.third_party', field: 'days', value: 20 }, 'statutes:error.noLeeway'],
  [{ from: '2026-03-01' }, 'statutes:error.fromPast'],
  [{ source: ' ' }, 'statutes:error.sourceMissing'],
  [{ reason: ' ' }, 'statutes:error.reasonMissing'],
  [{ to: '2026-02-01' }, 'statutes:error.endBeforeStart'],
])('refuses %p', async (more, key) => {
  const refusal = await set(head, more).catch((error: { key: string; details: { article?: string } }) => error);
  expect(refusal).toMatchObject({ key });
  if (key.includes('eeway')) expect((refusal as { details: { article?: string } }).details.article).toMatch(/\p{Script=Han}/u);
});

it('lets a rule from memory only warn, until a person says where the text was read', async () => {
  const rule = () => office.unitOfWork.run(head, (tx) => effectiveParameter(tx, 'nrd.legal_review'));
  expect((await rule()).mayBlock).toBe(false);
  await expect(office.get(ConfirmParameter).run(head, 'nrd.legal_review', '2018-12-04', '国务院公报')).rejects.toMatchObject({ problem: 'forbidden' });
  await office.get(ConfirmParameter).run(overseer, 'nrd.legal_review', '2018-12-04', '国务院公报网站');
  expect(await rule()).toMatchObject({ mayBlock: true, confirmation: { textSource: '国务院公报网站' } });
  await expect(office.get(ConfirmParameter).run(second, 'nrd.legal_review', '2018-12-04', '又一处')).rejects.toMatchObject({ key: 'statutes:error.confirmedAlready' });
  await expect(office.get(ConfirmParameter).run(overseer, 'mad.risk', '2019-09-01', '条例')).rejects.toMatchObject({ key: 'statutes:error.needsNoConfirmation' });
});
