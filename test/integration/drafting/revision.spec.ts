import { diffDocuments, matchByIdentity } from '@core/documents';
import { provisionsOf } from '@core/policy';
import { CreatePolicy, DecidePlanItem, DraftingModule, ProposePlanItem, SaveDraft, StartDrafting, SubmitVersion, toProvisions } from '@domains/drafting';
import { DomainError } from '@platform/kernel';
import { type Office, openOffice } from '../../support/office';
import { insertPolicy, insertVersion } from '../../support/policies';
import { newPolicy, type People, peopleOf } from './matter';

let office: Office;
let people: People;
beforeAll(async () => {
  office = await openOffice(DraftingModule);
  people = await peopleOf(office);
});
afterAll(() => office.close());

const ARTICLES = ['为了鼓励企业更新设备，制定本办法。', '在本市登记的企业可以申请补助。', '本办法自公布之日起施行。'];

/** A policy in force, with the version that is in force. */
async function inForce(title: string): Promise<{ id: string; versionId: string }> {
  const home = { cityId: office.cityId, tenantId: office.drafting, keeperId: people.head.accountId ?? '' };
  const id = await insertPolicy(office.unitOfWork, home, { title, state: 'published', effectiveFrom: '2025-03-01' });
  await insertVersion(office.unitOfWork, home, id, ARTICLES, people.drafter.accountId ?? '');
  const [version] = await office.sql<{ id: string }>('SELECT id FROM policy_version WHERE city_id = $1 AND policy_id = $2', [office.cityId, id]);
  await office.sql('UPDATE policy SET current_version_id = $3 WHERE city_id = $1 AND id = $2', [office.cityId, id, version?.id]);
  return { id, versionId: version?.id ?? '' };
}

/** The policy that is to revise another one; planned, not begun. */
async function plannedRevision(targetPolicyId: string, title: string): Promise<string> {
  const item = await office.get(ProposePlanItem).run(people.drafter, { year: 2026, kind: 'revise', title, reason: '评估建议修改', targetPolicyId });
  await office.get(DecidePlanItem).run(people.head, item.id, { decision: 'approve' });
  return (await office.get(CreatePolicy).run(people.drafter, item.id, newPolicy(people, { title }))).id;
}

const text = async (versionId: string) => toProvisions(await office.unitOfWork.run(people.drafter, (tx) => provisionsOf(tx, versionId)));

async function draftOf(policyId: string): Promise<{ id: string; note: string; rowVersion: number }> {
  const [draft] = await office.sql<{ id: string; note: string; rowVersion: number }>(
    `SELECT id, drafting_note AS note, row_version AS "rowVersion" FROM policy_version WHERE city_id = $1 AND policy_id = $2 AND state = 'draft'`, [office.cityId, policyId]);
  if (!draft) throw new Error('no draft');
  return draft;
}

it('begins a revision with the text in force, each clause keeping its identity, and says what is revised', async () => {
  const target = await inForce('云浦市设备更新补助办法');
  const id = await plannedRevision(target.id, '云浦市设备更新补助办法（修订）');
  await office.get(StartDrafting).run(people.drafter, id);
  const draft = await draftOf(id);
  expect(draft.note).toBe('修订对象：《云浦市设备更新补助办法》（滨工信规〔2026〕1号，自2025年3月1日起施行）。本稿以现行文本为底稿，修改之处见修改对照表。');
  const [old, copied] = [await text(target.versionId), await text(draft.id)];
  expect(copied.map(({ identity, text: words }) => [identity, words])).toEqual([['a1', ARTICLES[0]], ['a2', ARTICLES[1]], ['a3', ARTICLES[2]]]);
  expect(diffDocuments(old, copied, matchByIdentity(old, copied)).counts).toEqual({ added: 0, removed: 0, changed: 0, moved: 0, renumbered: 0 });
});

it('finds an inserted article and a changed one by their clauses, though all behind them were renumbered', async () => {
  const target = await inForce('云浦市技改贴息办法');
  const id = await plannedRevision(target.id, '云浦市技改贴息办法（修订）');
  await office.get(StartDrafting).run(people.drafter, id);
  const draft = await draftOf(id);
  await office.get(SaveDraft).run(people.drafter, id, {
    seen: draft.rowVersion, draftingNote: draft.note,
    text: `第一条　${ARTICLES[0]}\n第二条　市产业局负责实施。\n第三条　在本市登记的中小企业可以申请补助。\n第四条　${ARTICLES[2]}`,
  });
  const changed = await text(draft.id);
  const identity = (label: string): string | undefined => changed.find((one) => one.label.startsWith(label))?.identity;
  expect([identity('第一条'), identity('第三条'), identity('第四条')]).toEqual(['a1', 'a2', 'a3']);
  expect(['a1', 'a2', 'a3']).not.toContain(identity('第二条'));
});

it('does not take the line it begins with for a drafting note', async () => {
  const target = await inForce('云浦市首台套奖励办法');
  const id = await plannedRevision(target.id, '云浦市首台套奖励办法（修订）');
  await office.get(StartDrafting).run(people.drafter, id);
  const { rowVersion } = await draftOf(id);
  await expect(office.get(SubmitVersion).run(people.drafter, id, rowVersion)).rejects.toMatchObject({ key: 'drafting:error.noteMissing' });
});

it('lets one of two revisions of a policy begin, however close together, and tells the other', async () => {
  const target = await inForce('云浦市数字化改造办法');
  const both = [await plannedRevision(target.id, '数字化办法修订甲'), await plannedRevision(target.id, '数字化办法修订乙')];
  const settled = await Promise.allSettled(both.map((id) => office.get(StartDrafting).run(people.drafter, id)));
  const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as DomainError] : []));
  expect(refused.map(({ key }) => key)).toEqual(['procedure:error.revisedAlready']);
  const drafts = await office.sql(`SELECT 1 FROM policy_version WHERE city_id = $1 AND policy_id = ANY($2)`, [office.cityId, both]);
  expect(drafts).toHaveLength(1);
});

it('refuses to revise what is no longer in force', async () => {
  const target = await inForce('云浦市旧办法');
  const id = await plannedRevision(target.id, '云浦市旧办法（修订）');
  await office.sql(`UPDATE policy SET state = 'abolished', ended_on = '2026-03-01' WHERE city_id = $1 AND id = $2`, [office.cityId, target.id]);
  await expect(office.get(StartDrafting).run(people.drafter, id)).rejects.toMatchObject({ problem: 'conflict', key: 'procedure:error.targetEnded' });
});
