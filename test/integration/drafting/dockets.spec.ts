import { AddAttachment, AssignReviewer, DraftingModule, ExpertPanel, NoteFacts, RevisePolicy, SignDocket, SubmitForDeliberation, SubmitForReview } from '@domains/drafting';
import type { Docket } from '@core/policy';
import { type Actor, DomainError } from '@platform/kernel';
import { type Office, openOffice } from '../../support/office';
import { signatureOf } from '../../support/signatures';
import { type People, peopleOf, SAID_NO, startedPolicy, submittedPolicy } from './matter';

let office: Office;
let people: People;
let expert: Actor;
let second: Actor;
beforeAll(async () => {
  office = await openOffice(DraftingModule);
  people = await peopleOf(office);
  second = await office.person('第二审核人', ['legal_reviewer']);
  expert = { ...(await office.person('专家', [])), tenantId: null, roles: ['expert'] };
  await office.sql(`UPDATE account SET kind = 'expert' WHERE city_id = $1 AND id = $2`, [office.cityId, expert.accountId]);
});
afterAll(() => office.close());

async function refusal(work: Promise<unknown>): Promise<DomainError> {
  const error = await work.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof DomainError)) throw new Error(`not a refusal: ${String(error)}`);
  return error;
}

/** How many were done, and the keys of the refusals. */
async function outcomes(work: Promise<unknown>[]): Promise<{ done: number; refused: string[] }> {
  const settled = await Promise.allSettled(work);
  const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : [])).map((reason) => {
    if (!(reason instanceof DomainError)) throw reason;
    return reason.key;
  });
  return { done: settled.length - refused.length, refused };
}

const docket = async (policyId: string, kind: Docket): Promise<string> =>
  (await office.sql<{ id: string }>('SELECT id FROM docket WHERE city_id = $1 AND policy_id = $2 AND kind = $3 ORDER BY opened_at DESC, id DESC LIMIT 1', [office.cityId, policyId, kind]))[0]?.id ?? '';

const DECISION = { kind: 'major_decision' as const, affectsMarket: false, facts: { ...SAID_NO, technical: true, publicRisk: true } };

async function inReview(more: Parameters<typeof submittedPolicy>[2] = {}): Promise<string> {
  const id = await submittedPolicy(office, people, more);
  await office.get(SubmitForReview).run(people.drafter, id);
  return id;
}

const sign = async (actor: Actor, id: string, kind: Docket, more: Parameters<typeof signatureOf>[2] = {}): Promise<void> =>
  office.get(SignDocket).run(actor, id, await docket(id, kind), signatureOf(kind, 'passed', more));

it('asks a reason for every step that a decision would leave out', async () => {
  const refused = await refusal(startedPolicy(office, people, { kind: 'major_decision', facts: { ...SAID_NO, technicalReason: '', publicRiskReason: ' ' } }));
  expect(refused.details.fields?.map(({ field }) => field)).toEqual(['technicalReason', 'publicRiskReason']);
  expect(refused.details.article).toContain('第十九条');
  const id = await inReview();
  expect((await refusal(office.get(NoteFacts).run(people.drafter, id, SAID_NO))).key).toBe('procedure:error.factsLate');
});

it('refuses review without the files and sections of the kind, each with its article', async () => {
  const id = await startedPolicy(office, people, DECISION);
  const { details } = await refusal(office.get(SubmitForReview).run(people.drafter, id));
  expect(details.gates?.filter(({ gate }) => gate === 'drafting.materials_complete').map(({ key }) => key)).toEqual([
    'procedure:gate.section.necessity', 'procedure:gate.section.basis', 'procedure:gate.section.content', 'procedure:gate.attachment.basis',
    'procedure:gate.attachment.procedure_statement', 'procedure:gate.attachment.consultation_summary', 'procedure:gate.attachment.risk_report',
  ]);
  for (const { article } of details.gates ?? []) expect(article).toMatch(/第.+条/);
});

it('writes down what a docket was opened under, and lets nobody set an earlier day than the rule', async () => {
  const id = await inReview(DECISION);
  const legality = await docket(id, 'legality');
  const [row] = await office.sql<{ basis: { pack: string; period: object; parameters: { id: string }[]; attachments: string[] }; due: string; least: string }>(
    'SELECT basis, due_on::text AS due, min_due_on::text AS least FROM docket WHERE city_id = $1 AND id = $2', [office.cityId, legality]);
  expect(row?.basis).toMatchObject({ pack: 'CN', packVersion: '2026-01-01', period: { parameter: 'mad.legal_review', days: 7, from: '2026-03-02', due: '2026-03-11', blocks: true }, parameters: [{ id: 'mad.legal_review' }] });
  expect(row?.basis.attachments).toHaveLength(3);
  expect([row?.due, row?.least]).toEqual(['2026-03-11', '2026-03-11']);
  const assign = (dueOn: string): Promise<void> => office.get(AssignReviewer).run(people.head, id, legality, { reviewerId: people.legal.accountId ?? '', dueOn });
  expect((await refusal(assign('2026-03-10'))).details.fields?.[0]?.field).toBe('dueOn');
  await assign('2026-03-12');
  await expect(office.sql(`UPDATE docket SET due_on = '2026-03-09' WHERE city_id = $1 AND id = $2`, [office.cityId, legality])).rejects.toThrow('docket_time_check');
});

it('names a reviewer by the head alone, replaces him with a reason, never by a drafter, and lets nobody else sign', async () => {
  const id = await inReview();
  const legality = await docket(id, 'legality');
  const assign = (actor: Actor, reviewer: Actor, reason?: string): Promise<void> => office.get(AssignReviewer).run(actor, id, legality, { reviewerId: reviewer.accountId ?? '', reason });
  expect((await refusal(assign(second, people.legal))).key).toBe('procedure:error.headAssigns');
  await office.sql(`INSERT INTO membership (city_id, tenant_id, account_id, role) VALUES ($1, $2, $3, 'legal_reviewer') ON CONFLICT DO NOTHING`, [office.cityId, office.drafting, people.drafter.accountId]);
  const drafter = await refusal(assign(people.head, people.drafter));
  expect([drafter.key, drafter.details.article]).toEqual(['procedure:error.namesDrafter', '国办发〔2018〕115号']);
  await assign(people.head, people.legal);
  expect((await refusal(assign(people.head, second))).key).toBe('procedure:error.reassignReason');
  await assign(people.head, second, '原审核人出差');
  const other = await refusal(sign(people.legal, id, 'legality'));
  expect([other.problem, other.key, other.details.article]).toEqual(['forbidden', 'procedure:error.notNamed', '国办发〔2018〕115号']);
  await sign(second, id, 'legality');
  const audit = await office.sql(`SELECT 1 FROM audit_entry WHERE city_id = $1 AND subject_id = $2 AND action = 'drafting.reviewer_assigned'`, [office.cityId, legality]);
  expect(audit).toHaveLength(2);
  await expect(office.sql('UPDATE docket SET reviewer_id = $3, reviewer_tenant_id = tenant_id WHERE city_id = $1 AND policy_id = $2 AND signed_at IS NULL', [office.cityId, id, people.drafter.accountId]))
    .rejects.toThrow('who drafted');
});

it('lets experts declare and sign for themselves, and bans a direct interest', async () => {
  const id = await inReview(DECISION);
  const argument = await docket(id, 'expert_argument');
  const early = await refusal(sign(people.legal, id, 'legality'));
  expect([early.key, early.details.article]).toEqual(['procedure:error.before_expert_argument_and_risk_assessment', '《重大行政决策程序暂行条例》第二十七条']);
  expect((await refusal(sign(people.convener, id, 'expert_argument'))).key).toBe('procedure:error.noExpert');
  const seat = (await office.get(ExpertPanel).name(people.convener, id, argument, expert.accountId ?? '')).id;
  expect((await refusal(office.get(ExpertPanel).sign(expert, seat, { view: 'feasible', opinion: '可行' }))).key).toBe('procedure:error.declareFirst');
  await office.get(ExpertPanel).declare(expert, seat, { direct: true, note: '受聘于申报企业' });
  const banned = await refusal(office.get(ExpertPanel).sign(expert, seat, { view: 'feasible', opinion: '可行' }));
  expect([banned.problem, banned.key, banned.details.article]).toEqual(['forbidden', 'procedure:error.directInterest', '《重大行政决策程序暂行条例》第二十条']);
  const other: Actor = { ...(await office.person('另一专家', [])), tenantId: null, roles: ['expert'] };
  await office.sql(`UPDATE account SET kind = 'expert' WHERE city_id = $1 AND id = $2`, [office.cityId, other.accountId]);
  expect((await refusal(office.get(ExpertPanel).declare(other, seat, { direct: false }))).problem).toBe('not_found');
  const free = (await office.get(ExpertPanel).name(people.convener, id, argument, other.accountId ?? '')).id;
  await office.get(ExpertPanel).declare(other, free, { direct: false });
  expect((await refusal(sign(people.convener, id, 'expert_argument'))).key).toBe('procedure:error.noExpert');
  const opinion = (): Promise<void> => office.get(ExpertPanel).sign(other, free, { view: 'feasible', opinion: '可行' });
  expect((await outcomes([opinion(), opinion()])).done).toBe(1);
  await sign(people.convener, id, 'expert_argument');
  await sign(people.assessor, id, 'risk_assessment');
  await sign(people.legal, id, 'legality');
  await office.get(SubmitForDeliberation).run(people.drafter, id);
});

it('keeps a risk that is not under control from the meeting, with §24', async () => {
  const id = await inReview({ ...DECISION, facts: { ...SAID_NO, publicRisk: true } });
  await office.get(SignDocket).run(people.assessor, id, await docket(id, 'risk_assessment'), signatureOf('risk_assessment', 'returned'));
  const { details } = await refusal(office.get(SubmitForDeliberation).run(people.drafter, id));
  expect(details.gates?.[0]).toMatchObject({ key: 'procedure:gate.riskUncontrollable', article: '《重大行政决策程序暂行条例》第二十四条' });
});

it('discusses again what the meeting wants to discuss again', async () => {
  const id = await inReview({ affectsMarket: false });
  await sign(people.legal, id, 'legality');
  await office.get(SubmitForDeliberation).run(people.drafter, id);
  const first = await docket(id, 'collective_deliberation');
  await office.get(SignDocket).run(people.secretary, id, first, signatureOf('collective_deliberation', 'passed', { conclusion: 'again' }));
  expect(await docket(id, 'collective_deliberation')).not.toBe(first);
  await sign(people.secretary, id, 'collective_deliberation');
});

it('leaves one winner of every race: sign and revise, reassign and sign, the same file twice, one file replaced twice', async () => {
  const id = await inReview({ affectsMarket: false });
  const legality = await docket(id, 'legality');
  await office.get(AssignReviewer).run(people.head, id, legality, { reviewerId: people.legal.accountId ?? '' });
  const raced = await outcomes([
    sign(people.legal, id, 'legality'), office.get(AssignReviewer).run(people.head, id, legality, { reviewerId: second.accountId ?? '', reason: '改派' }),
  ]);
  expect(raced.done).toBe(1);
  const other = await inReview({ affectsMarket: false });
  const settled = await outcomes([sign(people.legal, other, 'legality'), office.get(RevisePolicy).run(people.drafter, other, '修改')]);
  const [state] = await office.sql<{ outcome: string | null }>(`SELECT outcome FROM docket WHERE city_id = $1 AND policy_id = $2 AND kind = 'legality'`, [office.cityId, other]);
  expect(settled.refused).toEqual(state?.outcome ? [] : ['drafting:error.docketNotCurrent']);
  const upload = (text: string, replaces: string | null = null): Promise<{ id: string }> =>
    office.get(AddAttachment).run(people.drafter, other, { kind: 'other', file: { filename: '../材料.exe', data: Buffer.from(text) }, replaces });
  expect(await outcomes([upload('同一份'), upload('同一份')])).toEqual({ done: 1, refused: ['procedure:error.attachmentTwice'] });
  const { id: old } = await upload('第一版');
  expect(await outcomes([upload('第二版', old), upload('第三版', old)])).toEqual({ done: 1, refused: ['procedure:error.attachmentReplaced'] });
  const names = await office.sql('SELECT DISTINCT filename FROM policy_attachment WHERE city_id = $1 AND policy_id = $2', [office.cityId, other]);
  expect(names).toEqual([{ filename: '材料.txt' }]);
  await expect(office.sql('DELETE FROM policy_attachment WHERE city_id = $1 AND id = $2', [office.cityId, old])).rejects.toThrow();
});

it('keeps the files of a docket as they lay when it was signed, and writes their fingerprints into the record', async () => {
  const id = await inReview({ affectsMarket: false });
  const legality = await docket(id, 'legality');
  const put = (text: string, more: { replaces?: string; docketId?: string } = {}): Promise<{ id: string }> =>
    office.get(AddAttachment).run(people.legal, id, { kind: 'other', file: { filename: '笔录.txt', data: Buffer.from(text) }, docketId: legality, ...more });
  const { id: first } = await put('笔录');
  // The same file may lie beside the text too; a file of one docket takes the place of none elsewhere.
  await office.get(AddAttachment).run(people.drafter, id, { kind: 'other', file: { filename: '笔录.txt', data: Buffer.from('笔录') } });
  await expect(office.get(AddAttachment).run(people.drafter, id, { kind: 'other', file: { filename: 'x.txt', data: Buffer.from('另') }, replaces: first })).rejects.toMatchObject({ problem: 'not_found' });
  const other = await inReview({ affectsMarket: false });
  await expect(office.get(AddAttachment).run(people.legal, other, { kind: 'other', file: { filename: 'x.txt', data: Buffer.from('另') }, docketId: legality })).rejects.toMatchObject({ problem: 'not_found' });
  const raced = await outcomes([put('补充笔录'), sign(people.legal, id, 'legality')]);
  expect(raced.refused).toEqual(raced.done === 2 ? [] : ['drafting:error.docketSigned']);
  expect((await refusal(put('事后补的'))).key).toBe('drafting:error.docketSigned');
  expect((await refusal(put('事后换的', { replaces: first }))).key).toBe('drafting:error.docketSigned');
  const files = await office.sql<{ sha256: string }>('SELECT sha256 FROM policy_attachment WHERE city_id = $1 AND docket_id = $2 ORDER BY uploaded_at, id', [office.cityId, legality]);
  const [record] = await office.sql<{ files: string[] }>(
    `SELECT payload::jsonb #> '{details,files}' AS files FROM life_cycle_event WHERE city_id = $1 AND policy_id = $2 AND name = 'docket_signed'`, [office.cityId, id]);
  expect(record?.files).toEqual(files.map(({ sha256 }) => sha256));
  // The database refuses it too.
  await expect(office.sql(
    `INSERT INTO policy_attachment (city_id, id, tenant_id, policy_id, docket_id, kind, filename, media_type, sha256, size, uploaded_by, uploaded_tenant_id, uploaded_at)
     SELECT city_id, gen_random_uuid(), tenant_id, policy_id, docket_id, kind, filename, media_type, sha256, size, uploaded_by, uploaded_tenant_id, uploaded_at
     FROM policy_attachment WHERE city_id = $1 AND id = $2`, [office.cityId, first])).rejects.toThrow('no file is put to a docket that is signed');
});

it.each([['a program', Buffer.from('MZ\u0000\u0001')], ['a broken archive', Buffer.from('PK\u0003\u0004nothing')], ['nothing', Buffer.alloc(0)]])('refuses %s as a file', async (_name, data) => {
  const id = await startedPolicy(office, people);
  expect((await refusal(office.get(AddAttachment).run(people.drafter, id, { kind: 'basis', file: { filename: '依据.pdf', data } }))).problem).toBe('invalid');
});
