import { EVALUATION_PUBLISHED, evaluationDesk, listPublicReports, OpenReport, PublishReport, readPublicReport, ReturnReport, type SaveReportInput, SaveReport, SIDES } from '@domains/evaluation';
import { abolitionDesk, DecideAbolition, OpenAbolition } from '@domains/ledger';
import type { Actor, DomainError } from '@platform/kernel';
import { emit, EventProcessor } from '@platform/messaging';
import { listNotifications } from '@platform/notify';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import { openSmallCity, type SmallCity } from '../../support/small-city';

const refused = async (work: Promise<unknown>): Promise<DomainError> => work.then(() => { throw new Error('was not refused'); }, (error: DomainError) => error);

describe('evaluation and its consequences', () => {
  let city: SmallCity;
  let [drafter, evaluator, head]: Actor[] = [];
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    city = await openSmallCity();
    unitOfWork = city.app.get(UnitOfWork);
    [drafter, evaluator, head] = [await city.person(['drafter', 'evaluator']), await city.person(['evaluator']), await city.person(['department_head', 'evaluator'])];
  });
  afterAll(() => city.close());

  const period = { periodFrom: '2026-01-01', periodTo: '2026-02-28' };
  const content = (conclusion: SaveReportInput['conclusion'], rowVersion = 1): SaveReportInput => ({
    summary: '补助带动投资，手续偏多。', conclusion, reason: '三方评分一致。', nextReviewOn: conclusion === 'keep' ? '2027-03-01' : null, submit: true, rowVersion,
    ratings: SIDES.map((side, index) => ({ side, rating: 60 + index * 10, evidence: '问卷 120 份' })),
  });
  const publishedPolicy = async (): Promise<string> => {
    const id = await city.policy({ state: 'published' });
    await city.version(id, ['第一条内容'], drafter!);
    return id;
  };
  const open = (policyId: string, by: Actor = evaluator!): Promise<string> => city.app.get(OpenReport).run(by, policyId, period);
  const save = (reportId: string, input: SaveReportInput, by: Actor = evaluator!): Promise<void> => city.app.get(SaveReport).run(by, reportId, input);
  const publish = (reportId: string, by: Actor = head!): Promise<void> => city.app.get(PublishReport).run(by, reportId);
  const eventsOf = (type: string, policyId: string): Promise<{ id: string; payload: Record<string, string> }[]> =>
    city.sql(`SELECT id, payload FROM outbox WHERE city_id = $1 AND type = $2 AND payload ->> 'policyId' = $3`, [city.cityId, type, policyId]);
  const deliver = (eventId: string): Promise<void> => city.app.get(EventProcessor).process(city.cityId, eventId);
  const casesOf = async (policyId: string) => (await unitOfWork.run(head!, (tx) => abolitionDesk(tx, policyId))).cases;

  it('refuses whoever drafted the policy, with the article', async () => {
    const error = await refused(open(await publishedPolicy(), drafter));
    expect([error.problem, error.key, error.details.article]).toEqual(['forbidden', 'evaluation:error.ownPolicy', '《重大行政决策程序暂行条例》第三十六条']);
  });

  it('evaluates published policies of the own department, one report at a time', async () => {
    expect((await refused(open(await city.policy({ state: 'approved' })))).key).toBe('evaluation:error.notPublished');
    const policyId = await publishedPolicy();
    expect((await refused(open(policyId, await city.person(['evaluator'], city.other)))).problem).toBe('not_found');
    const both = await Promise.allSettled([open(policyId), open(policyId, head)]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await refused(open(policyId))).key).toBe('evaluation:error.alreadyOpen');
  });

  it('goes public by a second person only, once it is whole, and then stands', async () => {
    const policyId = await publishedPolicy();
    const reportId = await open(policyId, head);
    const partial = await refused(save(reportId, { ...content('keep'), ratings: [] }, head));
    expect(partial.details.fields).toHaveLength(6);
    expect((await refused(save(reportId, content('keep'), evaluator))).key).toBe('evaluation:error.notYours');
    await save(reportId, content('keep'), head);
    expect((await refused(publish(reportId, head))).key).toBe('evaluation:error.ownReport');
    const other = await city.person(['department_head']);
    await city.app.get(ReturnReport).run(other, reportId, '请补充企业问卷的样本说明。');
    const [desk] = (await unitOfWork.run(head!, (tx) => evaluationDesk(tx, policyId))).reports;
    expect(desk).toMatchObject({ state: 'draft', returnedReason: '请补充企业问卷的样本说明。', mayWrite: true, mayDecide: false });
    await save(reportId, content('keep', desk!.rowVersion), head);
    const reader = city.app.get(PublicReader);
    expect((await refused(readPublicReport(reader, city.cityId, reportId))).problem).toBe('not_found');
    expect(await reader.query('SELECT side FROM evaluation_rating WHERE city_id = $1', [city.cityId])).toEqual([]);
    await publish(reportId, other);
    expect(await readPublicReport(reader, city.cityId, reportId)).toMatchObject({
      conclusion: 'keep', nextReviewOn: '2027-03-01', ratings: [{ side: 'department', rating: 60 }, { side: 'authority', rating: 70 }, { side: 'enterprises', rating: 80 }],
    });
    expect((await listPublicReports(reader, city.cityId)).items.map((item) => item.id)).toEqual([reportId]);
    await expect(city.sql(`UPDATE evaluation_rating SET rating = 99 WHERE city_id = $1 AND report_id = $2`, [city.cityId, reportId])).rejects.toThrow('immutable');
    expect(await eventsOf(EVALUATION_PUBLISHED, policyId)).toMatchObject([{ payload: { policyId, reportId, conclusion: 'keep' } }]);
  });

  it('opens one abolition case for one conclusion, however often it is delivered', async () => {
    const policyId = await publishedPolicy();
    const reportId = await open(policyId);
    await save(reportId, content('abolish'));
    await publish(reportId);
    const [event] = await eventsOf(EVALUATION_PUBLISHED, policyId);
    await Promise.all([deliver(event!.id), deliver(event!.id), deliver(event!.id)]);
    await city.sql('UPDATE outbox SET done_at = NULL WHERE city_id = $1 AND id = $2', [city.cityId, event!.id]);
    await deliver(event!.id);
    expect(await casesOf(policyId)).toMatchObject([{ source: 'evaluation', reportId, opener: null, decision: null, mayDecide: true }]);

    // The same conclusion under another event, even after the case was decided, opens no second one.
    const [matter] = await casesOf(policyId);
    await city.app.get(DecideAbolition).run(head!, matter!.id, { decision: 'keep', reason: '另行修订', noticeText: '', effectOn: null });
    await unitOfWork.run(city.system, (tx) => emit(tx, { type: EVALUATION_PUBLISHED, tenantId: city.drafting, payload: event!.payload }));
    const again = (await eventsOf(EVALUATION_PUBLISHED, policyId)).find((other) => other.id !== event!.id);
    await deliver(again!.id);
    expect(await casesOf(policyId)).toHaveLength(1);
    const records = await city.sql(`SELECT 1 FROM life_cycle_event WHERE city_id = $1 AND policy_id = $2 AND name = 'abolition_opened'`, [city.cityId, policyId]);
    expect(records).toHaveLength(1);
  });

  it('tells the deciders of a new case once', async () => {
    const policyId = await publishedPolicy();
    await city.app.get(OpenAbolition).run(await city.person(['drafter']), policyId, '目的已经实现');
    const [event] = await eventsOf('ledger.abolition_opened.v1', policyId);
    await Promise.all([deliver(event!.id), deliver(event!.id)]);
    const notices = (await unitOfWork.run(head!, (tx) => listNotifications(tx))).filter((notice) => notice.href === `/console/policies/${policyId}/abolition`);
    expect(notices).toMatchObject([{ messageKey: 'ledger:notice.abolitionOpened' }]);
  });

  it('does nothing in the ledger for the other conclusions', async () => {
    const policyId = await publishedPolicy();
    const reportId = await open(policyId);
    await save(reportId, content('amend'));
    await publish(reportId);
    const [event] = await eventsOf(EVALUATION_PUBLISHED, policyId);
    await deliver(event!.id);
    expect(await casesOf(policyId)).toEqual([]);
  });
});
