import { formOf, signatureOf } from '../../support/signatures';
import { samplePng } from '../../support/sample-png';
import { TITLE } from '../support/matter';
import { type Story, taken } from '../support/story';

/** What the kind of document must bring beside its text. */
export async function fileMaterials({ town, policy }: Story): Promise<void> {
  const drafter = await town.staff('drafter');
  for (const kind of ['basis', 'consultation_summary']) {
    await drafter.open(`${policy}/materials`);
    await drafter.submit('/materials', { kind, file: { filename: `${kind}.txt`, data: Buffer.from(`${kind}：内容纯属虚构，仅供测试。`) } });
    taken(drafter, `${kind}.txt`);
  }
}

/** Two reviews and the meeting, each by somebody else. */
export async function reviewAndDeliberate(story: Story): Promise<void> {
  const { town } = story;
  const sign = async (role: 'legal_reviewer' | 'fair_competition_reviewer' | 'deliberation_secretary', docket: string, filling: Record<string, string>): Promise<void> => {
    const signer = await town.staff(role);
    await signer.open('/console');
    await signer.open(`${story.policy}/dockets`);
    await signer.click(docket);
    await signer.submit(/\/dockets\/[^/]+$/, filling);
    taken(signer);
  };
  await sign('legal_reviewer', '合法性审核', formOf(signatureOf('legality')));
  await sign('fair_competition_reviewer', '公平竞争审查', formOf(signatureOf('fair_competition')));
  const drafter = await town.staff('drafter');
  await drafter.open(story.policy);
  await drafter.submit('/deliberation');
  taken(drafter);
  town.at('2026-04-10T15:00:00+08:00');
  const meeting = formOf(signatureOf('collective_deliberation', 'passed', { heldOn: '2026-04-10' }));
  await sign('deliberation_secretary', '集体审议', meeting);
}

/** The head approves. */
export async function approve(story: Story): Promise<void> {
  const head = await story.town.staff('department_head');
  await head.open(`${story.policy}/dockets`);
  await head.submit('/approval', { statement: '同意印发。' });
  taken(head, '同意印发');
}

/** The interpreter writes an interpretation in words and one in a picture. */
export async function writeInterpretation(story: Story): Promise<void> {
  const { town } = story;
  town.at('2026-04-14T10:00:00+08:00');
  const interpreter = await town.staff('interpreter');
  await interpreter.open(`${story.policy}/interpretation`);
  await interpreter.click('编写文字解读');
  await interpreter.submit('/new/text', { title: '一文读懂设备更新补助', body: '谁能申请：在本市登记的工业企业。\n补助多少：投资额的百分之十五，最多六十万元。', clauses: [{ label: '第四条' }] });
  taken(interpreter, '一文读懂');
  await interpreter.click('上传图解');
  await interpreter.submit('/new/picture', {
    title: '一图看懂', altText: '从登记到补助共三步：登记、申请、拨付。', clauses: [{ label: '第三条' }, { label: '第四条' }], picture: { filename: '图.png', data: samplePng(640, 480) },
  });
  taken(interpreter, '一图看懂');
}

/** Interpretations, approved by a second person, go out with the policy. */
export async function publishWithInterpretation(story: Story): Promise<void> {
  const { town, portal } = story;
  const [head, registrar] = [await town.staff('department_head'), await town.staff('registrar')];
  await registrar.open(`${story.policy}/dockets`);
  expect(registrar.page.text).toContain('国办发〔2016〕80号');
  expect((await registrar.force(`${story.policy}/publication`, { effectiveFrom: '2026-05-01' })).status).toBe(409);

  await head.open(`${story.policy}/interpretation`);
  await head.submit(/\/approve$/);
  await head.submit(/\/approve$/);
  taken(head);
  await registrar.open(`${story.policy}/dockets`);
  await registrar.submit('/publication', { effectiveFrom: '2026-05-01', effectiveTo: '2031-04-30' });
  taken(registrar, '测甲〔2026〕1号');
  await town.work();

  const reader = town.anonymous();
  await reader.open(`${portal}/policies`);
  await reader.click(TITLE);
  taken(reader, '测甲〔2026〕1号');
  expect(reader.page.text).toContain('百分之十五');
  await reader.open(`${story.publicPolicy}/interpretation`);
  taken(reader, '一文读懂设备更新补助');
  const picture = /src="([^"]*\/picture)"/.exec(reader.page.html)?.[1] ?? '';
  expect((await reader.open(picture)).status).toBe(200);
  expect((await reader.open(`${portal}/effective?on=2026-04-30`)).text).not.toContain(TITLE);
  expect((await reader.open(`${portal}/effective?on=2026-05-01`)).text).toContain(TITLE);
}
