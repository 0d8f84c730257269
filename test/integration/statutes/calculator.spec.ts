import { deadline, isWorkingDay, SetOverride, ConfirmOverride } from '@core/statutes';
import fc from 'fast-check';
import { type TestApp, startTestApp } from '../../support/app';
import { makeCity, type TestCity } from '../../support/people';

let web: TestApp;
let city: TestCity;
beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
});
afterAll(() => web.close());

const page = (query: string) => web.app.inject(`/${city.id}/deadline?${query}`);
const text = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

/** The cells of the drawn months: the day with its words for a screen reader. */
function cells(html: string): { date: string; words: string; sign: string }[] {
  return [...html.matchAll(/<table class="month">\s*<caption>(\d+)年(\d+)月<\/caption>([\s\S]*?)<\/table>/g)].flatMap(([, year, month, body]) =>
    [...(body ?? '').matchAll(/<td class="month__day [^"]*">([\s\S]*?)<\/td>/g)].map(([, cell = '']) => ({
      date: `${year}-${String(month).padStart(2, '0')}-${(/month__number">(\d+)</.exec(cell)?.[1] ?? '').padStart(2, '0')}`,
      words: (/visually-hidden">([^<]*)</.exec(cell)?.[1] ?? '').trim(), sign: text(/month__signs"[^>]*>([\s\S]*?)<\/span>/.exec(cell)?.[1] ?? '').trim(),
    })));
}

test('counts by a rule of law, with its article, the start, every day that does not count and every make-up workday', async () => {
  const { statusCode, body } = await page('param=foi.reply:days&from=2025-09-24');
  const words = text(body);
  expect(statusCode).toBe(200);
  expect(words).toContain('最后一天是 2025年10月28日');
  expect(words).toContain('2025年9月24日当日不计，从次日 2025年9月25日 起计算');
  expect(words).toContain('《政府信息公开条例》第三十三条');
  expect(words).toContain('国办公开办函〔2015〕207号 依据待核');
  expect(words).toContain('2025年10月1日 国庆节、中秋节放假');
  expect(words).toMatch(/照常计入的调休上班日：2 天 2025年9月28日 2025年10月11日/);
  const drawn = new Map(cells(body).map((cell) => [cell.date, cell]));
  expect(drawn.get('2025-09-24')).toMatchObject({ words: '事件发生日，不计', sign: '起' });
  expect(drawn.get('2025-09-28')).toMatchObject({ words: '调休上班，计入，第 3 天', sign: '班 3' });
  expect(drawn.get('2025-10-03')).toMatchObject({ words: '国庆节、中秋节放假，不计', sign: '假' });
  expect(drawn.get('2025-10-28')).toMatchObject({ words: '计入，第 20 天、最后一天', sign: '止 20' });
});

test('draws what the library counts, on random periods', async () => {
  const period = fc.record({ from: fc.date({ min: new Date('2008-01-01'), max: new Date('2025-06-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)), days: fc.integer({ min: 1, max: 120 }), unit: fc.constantFrom('wd', 'cd') });
  await fc.assert(fc.asyncProperty(period, async ({ from, days, unit }) => {
    const { due, skipped } = deadline({ from, days, unit: unit as 'wd' });
    const drawn = cells((await page(`from=${from}&days=${days}&unit=${unit}`)).body);
    const with_ = (pattern: RegExp): string[] => drawn.filter(({ words }) => pattern.test(words)).map(({ date }) => date);
    expect(with_(/最后一天/)).toEqual([due]);
    expect(with_(/，不计$/).filter((date) => date !== from)).toEqual(skipped.map(({ date }) => date));
    expect(with_(/计入，第 \d+ 天/)).toHaveLength(days);
    expect(with_(/^调休上班/).every((date) => isWorkingDay(date) && [0, 6].includes(new Date(date).getUTCDay()))).toBe(true);
  }), { numRuns: 25 });
}, 120_000);

test('the share link recomputes the same, also after the city sets the figure otherwise', async () => {
  const api = async (query: string) => (await web.app.inject(`/api/v1/cities/${city.id}/deadline?${query}`)).json<{ due: string; days: number; share: string; rule: { days: number } }>();
  const first = await api('param=nrd.consult.other&from=2026-03-02');
  expect(first).toMatchObject({ days: 7, due: '2026-03-11' });
  const [one, other] = city.departments.map(({ people }) => people.overseer);
  const { id } = await web.app.get(SetOverride).run(one as never, { paramId: 'nrd.consult.other', field: 'min', value: 20, source: '测府规〔2026〕9号', reason: '更多时间', from: '2026-03-02', to: null, wholeCity: true });
  await web.app.get(ConfirmOverride).run(other as never, id);
  expect(await api('param=nrd.consult.other&from=2026-03-02')).toMatchObject({ days: 20 });
  expect(await api(first.share.split('?')[1] ?? '')).toMatchObject({ days: 7, due: first.due, share: first.share, rule: { days: 20 } });
  expect(text((await web.app.inject(first.share)).body)).toContain('办理时按 7 天计算；按今天登记的设定，这条规则在 2026年3月2日 为 20 天');
});

test('a department counts by its own figure', async () => {
  const { people, id: tenant } = city.departments[0];
  const { id } = await web.app.get(SetOverride).run(people.department_head, { paramId: 'foi.reply', field: 'days', value: 10, source: '测甲规〔2026〕1号', reason: '快办', from: '2026-03-02', to: null, wholeCity: false });
  await web.app.get(ConfirmOverride).run(people.overseer, id);
  expect(text((await page(`param=foi.reply:days&from=2026-03-02&department=${tenant}`)).body)).toContain('最后一天是 2026年3月16日');
  expect(text((await page('param=foi.reply:days&from=2026-03-02')).body)).toContain('最后一天是 2026年3月30日');
});

test('says so where calendar days end on a day of rest, and draws nothing endless', async () => {
  expect(text((await page('from=2026-01-31&days=1&unit=cd')).body)).toContain('这一天是休息日');
  const long = await page('from=2026-01-31&days=3650&unit=cd');
  expect([long.body.includes('class="month"'), text(long.body).includes('期限跨 121 个月')]).toEqual([false, true]);
});

test.each([
  ['from=2026-12-01&days=60&unit=wd', '没有2027年的放假安排通知，不能计算工作日。'],
  ['param=mad.legal_review&from=2031-05-01', '没有2031年的放假安排通知'],
  ['param=no.such&from=2026-03-02', '没有“no.such”这条规则'],
  ['param=mad.hearing&from=2026-03-02', '这条规则没有可以向后计算的天数'],
  ['param=foi.reply:nonsense&from=2026-03-02', '这条规则没有可以向后计算的天数'],
  ['param=fcr&from=2024-07-01', '2024年7月1日 没有有效的法定参数“fcr”'],
  ['from=2026-02-30&days=3', '“2026年2月30日”不是有效日期'],
  ['from=2026-03-02&days=1e3', '期限应为 0 至 3650 之间的整数'],
  ['from=2026-03-02&days=-4', '期限应为 0 至 3650 之间的整数'],
])('%s is refused in words, by page and API', async (query, words) => {
  const answer = await page(query);
  expect([answer.statusCode, text(answer.body).includes(words)]).toEqual([200, true]);
  expect(answer.body).not.toContain('class="month"');
  expect((await web.app.inject(`/api/v1/cities/${city.id}/deadline?${query}`)).statusCode).toBe(422);
});

test('knows every holiday by name in both languages', async () => {
  for (let year = 2007; year <= 2025; year += 1) {
    for (const lang of ['zh', 'en']) expect([year, (await page(`from=${year}-01-01&days=240&unit=wd&lang=${lang}`)).statusCode]).toEqual([year, 200]);
  }
});
