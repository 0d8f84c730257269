import { LifeCycle, PublishPolicy } from '@core/policy';
import { ApproveMaterial, deskPicture, interpretationDesk, releasedMaterials, releasedPicture, SavePlan, WriteMaterial } from '@domains/interpretation';
import { type Actor, type DomainError, sha256Hex } from '@platform/kernel';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { samplePng } from '../../support/sample-png';
import { openSmallCity, type SmallCity } from '../../support/small-city';

const refused = async (work: Promise<unknown>): Promise<DomainError> => work.then(() => { throw new Error('was not refused'); }, (error: DomainError) => error);
const gatesOf = (error: DomainError): string[] => (error.details.gates ?? []).map((gate) => gate.key);

describe('interpretation', () => {
  let city: SmallCity;
  let [drafter, interpreter, head, registrar]: Actor[] = [];
  let breakAnEffect = false;
  const publishing = { effectiveFrom: '2026-04-01', effectiveTo: '2031-03-31' };

  beforeAll(async () => {
    city = await openSmallCity();
    [drafter, interpreter, head, registrar] = [
      await city.person(['drafter']), await city.person(['interpreter']), await city.person(['department_head']), await city.person(['registrar'])];
    city.app.get(LifeCycle).registerEffect({
      key: 'test.late_failure', on: ['publish'],
      run: async () => { if (breakAnEffect) throw new Error('the printer is on fire'); },
    });
  });
  afterAll(() => city.close());
  afterEach(() => { breakAnEffect = false; });

  const publish = (policyId: string): Promise<unknown> => city.app.get(PublishPolicy).run(registrar!, policyId, publishing);
  const writer = (): WriteMaterial => city.app.get(WriteMaterial);
  const approve = (policyId: string, id: string, by: Actor = head!): Promise<void> => city.app.get(ApproveMaterial).run(by, policyId, id);
  const text = (policyId: string): Promise<string> => writer().run(interpreter!, policyId, 'text', { title: '一图读懂之文字版', body: '企业可获设备投资额百分之十的补助。', clauseIdentities: ['a1'] });
  const picture = (policyId: string): Promise<string> =>
    writer().run(interpreter!, policyId, 'picture', { title: '一图读懂', picture: samplePng(40, 30), altText: '申报分三步：登记、提交、核验。', clauseIdentities: ['a1', 'a2'] });
  const approvedPolicy = async (): Promise<string> => {
    const id = await city.policy({ state: 'approved' });
    await city.version(id, ['第一条内容', '第二条内容'], drafter!);
    return id;
  };
  const stateOf = async (policyId: string): Promise<string | undefined> =>
    (await city.sql<{ state: string }>('SELECT state FROM policy WHERE city_id = $1 AND id = $2', [city.cityId, policyId]))[0]?.state;

  it('asks for a plan before a consultation and before a review', async () => {
    const policyId = await city.policy();
    const unmet = async (step: 'open_consultation' | 'submit_for_review'): Promise<string[]> => city.app.get(UnitOfWork).run(drafter!, async (tx) => {
      const lifeCycle = city.app.get(LifeCycle);
      return refused(lifeCycle.advance(tx, policyId, step)).then(gatesOf, () => []);
    });
    expect(await unmet('open_consultation')).toEqual(['interpretation:gate.planned']);
    expect(await unmet('submit_for_review')).toEqual(['interpretation:gate.planned']);
    const plan = { audience: '工业企业', keyPoints: '补助标准与申报步骤', channels: ['website' as const] };
    expect((await refused(city.app.get(SavePlan).run(registrar!, policyId, plan))).problem).toBe('forbidden');
    await city.app.get(SavePlan).run(drafter!, policyId, plan);
    await city.app.get(SavePlan).run(interpreter!, policyId, { ...plan, channels: ['wechat', 'website'] });
    expect(await unmet('open_consultation')).toEqual([]);
  });

  it('refuses publication without an approved text and picture, naming what is missing and the rule', async () => {
    const policyId = await approvedPolicy();
    const [textId, pictureId] = [await text(policyId), await picture(policyId)];
    const error = await refused(publish(policyId));
    expect(error.details.gates).toEqual([{ gate: 'interpretation.ready', key: 'interpretation:gate.nothing', article: '国办发〔2016〕80号' }]);
    await approve(policyId, textId);
    expect(gatesOf(await refused(publish(policyId)))).toEqual(['interpretation:gate.noPicture']);
    await approve(policyId, pictureId);
    await publish(policyId);
    expect(await stateOf(policyId)).toBe('published');
  });

  it('refuses publication with a stale material until it is approved for the new text', async () => {
    const policyId = await approvedPolicy();
    const ids = [await text(policyId), await picture(policyId)];
    for (const id of ids) await approve(policyId, id);
    await city.version(policyId, ['第一条改写', '第二条内容'], drafter!);
    expect(gatesOf(await refused(publish(policyId)))).toEqual(['interpretation:gate.stale']);
    await approve(policyId, ids[0]!);
    expect((await refused(publish(policyId))).details.gates?.[0]?.params).toMatchObject({ count: 1, titles: '一图读懂' });
    await approve(policyId, ids[1]!);
    await publish(policyId);
    expect(await stateOf(policyId)).toBe('published');
  });

  it('releases with the publication or not at all', async () => {
    const policyId = await approvedPolicy();
    const [textId, pictureId] = [await text(policyId), await picture(policyId)];
    await approve(policyId, textId);
    await approve(policyId, pictureId);
    const reader = city.app.get(PublicReader);
    const publicRows = (): Promise<unknown[]> => reader.query('SELECT 1 FROM interpretation_picture WHERE city_id = $1 AND material_id = $2', [city.cityId, pictureId]);
    breakAnEffect = true;
    await expect(publish(policyId)).rejects.toThrow('on fire');
    expect(await stateOf(policyId)).toBe('approved');
    expect(await releasedMaterials(reader, city.cityId, policyId)).toEqual([]);
    expect(await publicRows()).toEqual([]);
    expect((await refused(releasedPicture(reader, city.cityId, pictureId))).problem).toBe('not_found');

    breakAnEffect = false;
    city.clock.set('2026-03-05T09:00:00+08:00');
    await publish(policyId);
    const released = await releasedMaterials(reader, city.cityId, policyId);
    expect(released.map(({ id, releasedAt, width }) => ({ id, at: releasedAt.toISOString(), width }))).toEqual([
      { id: textId, at: '2026-03-05T01:00:00.000Z', width: null }, { id: pictureId, at: '2026-03-05T01:00:00.000Z', width: 40 }]);
    expect(await releasedPicture(reader, city.cityId, pictureId)).toEqual({ mediaType: 'image/png', sha256: sha256Hex(samplePng(40, 30)) });
    const [event] = await city.sql<{ is_public: boolean; at: string }>(
      `SELECT is_public, at FROM life_cycle_event WHERE city_id = $1 AND policy_id = $2 AND name = 'interpretation_released'`, [city.cityId, policyId]);
    expect(event).toEqual({ is_public: true, at: '2026-03-05T01:00:00.000Z' });

    // What went out stands.
    expect((await refused(writer().revise(interpreter!, policyId, textId, { title: 'x', body: 'y', clauseIdentities: ['a1'] }))).key).toBe('interpretation:error.tooLate');
    await expect(city.sql(`UPDATE interpretation_material SET title = 'x' WHERE city_id = $1 AND id = $2`, [city.cityId, textId])).rejects.toThrow('immutable');
    await expect(city.sql(`UPDATE interpretation_picture SET width = 1 WHERE city_id = $1 AND material_id = $2`, [city.cityId, pictureId])).rejects.toThrow('immutable');
  });

  it('has no author approve, no stranger see, and no picture without words', async () => {
    const policyId = await approvedPolicy();
    const both = await city.person(['interpreter', 'department_head']);
    const own = await writer().run(both, policyId, 'text', { title: 't', body: 'b', clauseIdentities: ['a1'] });
    expect((await refused(approve(policyId, own, both))).key).toBe('interpretation:error.ownMaterial');
    await expect(city.sql(`UPDATE interpretation_material SET state = 'approved', approved_by = author_id, approved_at = written_at, text_hash = 'x' WHERE city_id = $1 AND id = $2`,
      [city.cityId, own])).rejects.toThrow('check constraint');
    const pictureId = await picture(policyId);
    const stranger = await city.person(['interpreter', 'department_head'], city.other);
    expect((await refused(approve(policyId, own, stranger))).problem).toBe('not_found');
    const unitOfWork = city.app.get(UnitOfWork);
    expect((await refused(unitOfWork.run(stranger, (tx) => deskPicture(tx, policyId, pictureId)))).problem).toBe('not_found');
    const { sha256 } = await unitOfWork.run(head!, (tx) => deskPicture(tx, policyId, pictureId));
    expect(await city.app.get(FileStore).get(sha256)).toEqual(samplePng(40, 30));
    expect((await refused(writer().run(interpreter!, policyId, 'picture', { title: 't', picture: samplePng(1, 1), clauseIdentities: ['a1'] }))).key).toBe('interpretation:error.altTextNeeded');
    expect((await refused(writer().run(interpreter!, policyId, 'text', { title: 't', body: 'b', clauseIdentities: ['a9'] }))).key).toBe('interpretation:error.clauseUnknown');
  });

  it('sends a revised material back to be approved again', async () => {
    const policyId = await approvedPolicy();
    const id = await text(policyId);
    await approve(policyId, id);
    expect((await refused(approve(policyId, id))).key).toBe('interpretation:error.alreadyApproved');
    await writer().revise(interpreter!, policyId, id, { title: '新标题', body: '新的说明', clauseIdentities: ['a2'] });
    const desk = await city.app.get(UnitOfWork).run(head!, (tx) => interpretationDesk(tx, policyId));
    expect(desk.materials).toMatchObject([{ id, state: 'draft', title: '新标题', clauses: ['第2条'], mayApprove: true, mayRevise: false }]);
  });

  it('lets a revision and a publication meet: what is public is what was approved', async () => {
    for (let round = 0; round < 6; round += 1) {
      const policyId = await approvedPolicy();
      const [textId, pictureId] = [await text(policyId), await picture(policyId)];
      for (const id of [textId, pictureId]) await approve(policyId, id);
      const [published, revised] = await Promise.allSettled([
        publish(policyId), writer().revise(interpreter!, policyId, textId, { title: '未经审核', body: '未经审核', clauseIdentities: ['a1'] })]);
      expect([published.status, revised.status].sort()).toEqual(['fulfilled', 'rejected']);
      const titles = (await releasedMaterials(city.app.get(PublicReader), city.cityId, policyId)).map((material) => material.title);
      expect(titles).toEqual(published.status === 'fulfilled' ? ['一图读懂之文字版', '一图读懂'] : []);
    }
  });
});
