import { bookDesk, bookFile, type BookSpec, chosenDocuments, MakeBooks, PublishBook, publicBookFile, publicBooks, RequestBook } from '@domains/ledger';
import { type Actor, type DomainError, newId } from '@platform/kernel';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { openSmallCity, type SmallCity } from '../../support/small-city';

const refused = async (work: Promise<unknown>): Promise<DomainError> => work.then(() => { throw new Error('was not refused'); }, (error: DomainError) => error);

describe('a book', () => {
  let city: SmallCity;
  let reader: PublicReader;
  let unitOfWork: UnitOfWork;
  let [drafter, head, stranger]: Actor[] = [];
  const ids: string[] = [];

  beforeAll(async () => {
    city = await openSmallCity();
    [reader, unitOfWork] = [city.get(PublicReader), city.get(UnitOfWork)];
    [drafter, head, stranger] = [await city.person(['drafter']), await city.person(['department_head']), await city.person(['drafter', 'department_head'], city.other)];
    for (const [at, title] of ['支持技术改造办法', '支持外贸办法', '人才住房办法'].entries()) {
      const id = await city.policy({ state: 'published', title, effectiveFrom: `2026-03-0${at + 2}`, effectiveTo: at === 1 ? '2026-12-31' : null });
      await city.version(id, [`${title}第一条内容。`, '本办法由产业局解释。'], drafter!);
      await city.sql(`UPDATE policy_version SET is_public = true WHERE city_id = $1 AND policy_id = $2`, [city.cityId, id]);
      await city.sql(`UPDATE provision SET is_public = true WHERE city_id = $1 AND version_id = (SELECT id FROM policy_version WHERE city_id = $1 AND policy_id = $2)`, [city.cityId, id]);
      await city.sql(`UPDATE policy SET topics = $3, document_number = $4 WHERE city_id = $1 AND id = $2`, [city.cityId, id, at === 2 ? ['住房'] : ['企业'], `云产规〔2026〕${at + 1}号`]);
      ids.push(id);
    }
    await city.policy({ state: 'drafting', title: '尚未发布的支持办法' });
  });
  afterAll(() => city.close());

  const spec = (values: Partial<BookSpec> = {}): BookSpec => ({
    title: '云浦市文件汇编', issuer: '云浦市产业局', on: '2026-03-10', departmentIds: [], kinds: [], topics: [], publishedFrom: null, publishedTo: null, words: '', chapters: 'department', ...values,
  });
  const request = (values: Partial<BookSpec> = {}, key = newId(), by = drafter!, format: 'pdf' | 'docx' = 'pdf'): Promise<string> => city.get(RequestBook).run(by, spec(values), format, key);
  const make = (): Promise<number> => city.get(MakeBooks).run(city.cityId);
  const desk = (by = drafter!) => unitOfWork.run(by, (tx) => bookDesk(tx));
  const told = async (by: Actor): Promise<number> =>
    (await city.sql<{ count: number }>(`SELECT count(*)::int AS count FROM notification WHERE city_id = $1 AND account_id = $2 AND effect_key LIKE 'book/%'`, [city.cityId, by.accountId]))[0]!.count;

  it('holds what was in force on its day and fits, and nothing that is not public', async () => {
    const titles = async (values: Partial<BookSpec>): Promise<string[]> => (await chosenDocuments(reader, city.cityId, spec(values))).map(({ title }) => title).sort();
    expect(await titles({})).toEqual(['人才住房办法', '支持外贸办法', '支持技术改造办法'].sort());
    expect(await titles({ on: '2026-03-02' })).toEqual(['支持技术改造办法']);
    expect(await titles({ on: '2027-01-01' })).toEqual(['人才住房办法', '支持技术改造办法'].sort());
    expect(await titles({ topics: ['住房', '无'] })).toEqual(['人才住房办法']);
    expect(await titles({ words: '支持' })).toEqual(['支持外贸办法', '支持技术改造办法'].sort());
    expect(await titles({ departmentIds: [city.other] })).toEqual([]);
    expect(await titles({ kinds: ['major_decision'] })).toEqual([]);
    expect(await titles({ publishedFrom: '2026-03-03' })).toEqual([]);
    expect(await titles({ publishedTo: '2026-03-02' })).toHaveLength(3);
  });

  it('is made once, however often it is asked for and by however many workers; told once; published once', async () => {
    const key = newId();
    const asked = await Promise.all([request({}, key), request({}, key), request({}, key)]);
    expect(new Set(asked).size).toBe(1);
    const id = asked[0]!;
    expect((await Promise.all([make(), make()])).reduce((sum, one) => sum + one, 0)).toBe(1);
    const [book] = (await desk()).books;
    expect(book).toMatchObject({ id, state: 'made', documents: 3, failure: null, publishedAt: null });
    const file = await unitOfWork.run(drafter!, (tx) => bookFile(tx, id));
    expect((await city.get(FileStore).get(file.sha256)).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await told(drafter!)).toBe(1);

    expect((await refused(publicBookFile(reader, city.cityId, id))).problem).toBe('not_found');
    expect((await refused(unitOfWork.run(stranger!, (tx) => bookFile(tx, id)))).problem).toBe('not_found');
    expect((await refused(city.get(PublishBook).run(stranger!, id))).problem).toBe('not_found');
    expect((await refused(city.get(PublishBook).run(drafter!, id))).problem).toBe('forbidden');
    const race = await Promise.allSettled([1, 2, 3].map(() => city.get(PublishBook).run(head!, id)));
    expect(race.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await publicBooks(reader, city.cityId)).toMatchObject([{ id, documents: 3 }]);
    expect(await publicBookFile(reader, city.cityId, id)).toMatchObject({ sha256: file.sha256 });
    await expect(city.sql(`UPDATE book SET title = 'x' WHERE city_id = $1 AND id = $2`, [city.cityId, id])).rejects.toThrow('is not changed');
    expect((await desk(stranger!)).books).toEqual([]);
  });

  it('says why it could not be made, and is not tried again', async () => {
    const id = await request({ words: '没有这样的标题' });
    expect(await make()).toBe(1);
    expect((await desk()).books.find((book) => book.id === id)).toMatchObject({ state: 'failed', failure: 'book:error.empty' });
    expect(await make()).toBe(0);
    expect((await refused(city.get(PublishBook).run(head!, id))).key).toBe('book:error.notMade');
  });

  it('is taken up again after a program that was killed, and given up after three', async () => {
    const id = await request();
    const kill = (): Promise<unknown> => city.sql(`UPDATE book SET claim = $3, claimed_until = $4, attempts = attempts + 1 WHERE city_id = $1 AND id = $2`, [city.cityId, id, newId(), new Date(city.clock.now().getTime() + 600_000)]);
    await kill();
    expect(await make()).toBe(0);
    city.clock.set(new Date(city.clock.now().getTime() + 600_001));
    expect(await make()).toBe(1);
    expect((await desk()).books.find((book) => book.id === id)).toMatchObject({ state: 'made' });

    const doomed = await request();
    await city.sql(`UPDATE book SET attempts = 3 WHERE city_id = $1 AND id = $2`, [city.cityId, doomed]);
    expect(await make()).toBe(1);
    expect((await desk()).books.find((book) => book.id === doomed)).toMatchObject({ state: 'failed', failure: 'book:error.failed' });
  });

  it('refuses rubbish field by field, the powerless, and a sixth that waits', async () => {
    const bad = await refused(request({ title: ' ', issuer: '', on: '2026-02-30', publishedFrom: '2026-03-02', publishedTo: '2026-03-01', departmentIds: ['x'], kinds: ['law' as 'major_decision'], words: 'x'.repeat(101), chapters: 'mood' as 'kind' }));
    expect(bad.details.fields?.map(({ field }) => field).sort()).toEqual(['chapters', 'departmentIds', 'issuer', 'kinds', 'on', 'publishedTo', 'title', 'words']);
    expect((await refused(request({}, newId(), await city.person(['finance_officer'])))).problem).toBe('forbidden');
    const six = await Promise.allSettled(Array.from({ length: 6 }, () => request()));
    expect(six.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect((six.find(({ status }) => status === 'rejected') as PromiseRejectedResult).reason).toMatchObject({ problem: 'too_many' });
  });
});
