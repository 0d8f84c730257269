import { CreatePolicy, DecidePlanItem, type NewPolicy, ProposePlanItem, SaveDraft, StartDrafting, SubmitVersion } from '@domains/drafting';
import type { Actor } from '@platform/kernel';
import type { Office } from '../../support/office';

export const TEXT = `云浦市工业设备更新补助办法
第一条　为了鼓励企业更新设备，制定本办法。
第二条　本办法适用于在本市登记的企业。
第三条　符合下列条件的企业可以申请补助：
（一）依法登记；
（二）一年内无重大违法记录。
第四条　本办法自公布之日起施行。`;

export interface People {
  drafter: Actor;
  head: Actor;
  legal: Actor;
  fair: Actor;
  secretary: Actor;
  registrar: Actor;
}

export const peopleOf = async (office: Office): Promise<People> => ({
  drafter: await office.person('起草人', ['drafter']),
  head: await office.person('局长', ['department_head']),
  legal: await office.person('法规科', ['legal_reviewer']),
  fair: await office.person('竞争审查员', ['fair_competition_reviewer']),
  secretary: await office.person('会议秘书', ['deliberation_secretary']),
  registrar: await office.person('机要', ['registrar']),
});

export const newPolicy = (people: People, more: Partial<NewPolicy> = {}): NewPolicy => ({
  kind: 'policy_document', title: '云浦市工业设备更新补助办法', summary: '补助设备更新', affectsMarket: true, responsibleId: people.head.accountId ?? '',
  topics: [], audience: [], ...more,
});

/** From the plan to an open, empty draft. Returns the policy's id. */
export async function startedPolicy(office: Office, people: People, more: Partial<NewPolicy> = {}): Promise<string> {
  const item = await office.get(ProposePlanItem).run(people.drafter, { year: 2026, kind: 'make', title: '设备更新补助办法', reason: '需要' });
  await office.get(DecidePlanItem).run(people.head, item.id, { decision: 'approve' });
  const { id } = await office.get(CreatePolicy).run(people.drafter, item.id, newPolicy(people, more));
  await office.get(StartDrafting).run(people.drafter, id);
  return id;
}

/** As `startedPolicy`, with its first version closed. */
export async function submittedPolicy(office: Office, people: People, more: Partial<NewPolicy> = {}): Promise<string> {
  const id = await startedPolicy(office, people, more);
  const { rowVersion } = await office.get(SaveDraft).run(people.drafter, id, { seen: 1, text: TEXT, draftingNote: '起草说明' });
  await office.get(SubmitVersion).run(people.drafter, id, rowVersion);
  return id;
}
