import { AddAttachment, CreatePolicy, DecidePlanItem, type NewPolicy, ProposePlanItem, SaveDraft, StartDrafting, SubmitVersion } from '@domains/drafting';
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
  convener: Actor;
  assessor: Actor;
  head: Actor;
  legal: Actor;
  fair: Actor;
  secretary: Actor;
  registrar: Actor;
}

export const peopleOf = async (office: Office): Promise<People> => ({
  drafter: await office.person('起草人', ['drafter']),
  convener: await office.person('论证组织人', ['argument_convener']),
  assessor: await office.person('风险评估人', ['risk_assessor']),
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

/** A drafting note with every section. */
export const NOTE = '一、制定的必要性\n现行办法到期。\n二、制定依据\n上位规定。\n三、主要内容\n共四条。\n四、征求意见情况\n收到三条。';

export const SAID_NO: NonNullable<NewPolicy['facts']> = {
  technical: false, technicalReason: '不涉及专业技术', publicRisk: false, publicRiskReason: '不涉及公共安全', issuer: 'department', emergency: false, emergencyReason: '',
};

/** What a decision must bring, and a risk report besides. */
export async function fileMaterials(office: Office, people: People, id: string): Promise<void> {
  for (const kind of ['basis', 'procedure_statement', 'risk_report'] as const) {
    await office.get(AddAttachment).run(people.drafter, id, { kind, file: { filename: `${kind}.txt`, data: Buffer.from(`材料：${kind}`) } });
  }
}

/** As `startedPolicy`, with its first version closed. */
export async function submittedPolicy(office: Office, people: People, more: Partial<NewPolicy> = {}): Promise<string> {
  const id = await startedPolicy(office, people, more);
  const { rowVersion } = await office.get(SaveDraft).run(people.drafter, id, { seen: 1, text: TEXT, draftingNote: NOTE });
  await office.get(SubmitVersion).run(people.drafter, id, rowVersion);
  if (more.kind !== undefined && more.kind !== 'policy_document') await fileMaterials(office, people, id);
  return id;
}
