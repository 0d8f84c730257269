import { type Measured, measurePdfs } from '../../support/measure-pdf';
import { startTestApp, type TestApp } from '../../support/app';
import { makeCity, type TestCity } from '../../support/people';
import { insertPolicy, insertVersion } from '../../support/policies';
import { Visitor } from '../../support/visitor';
import { makeVersionPublic } from '@core/policy';
import { UnitOfWork } from '@platform/persistence';
import { systemActor } from '@platform/kernel';

let test: TestApp;
let city: TestCity;
let drafter: Visitor;
beforeAll(async () => {
  test = await startTestApp();
  city = await makeCity(test);
  const { cityId, login } = city.departments[0].people.drafter;
  drafter = await new Visitor(test.app).signIn(cityId, login);
});
afterAll(() => test.close());

/** A policy with one version of one article; returns its id. */
async function policy(state: 'published' | 'reviewing', text: string): Promise<string> {
  const unitOfWork = test.app.get(UnitOfWork);
  const { people, id: tenantId } = city.departments[0];
  const home = { cityId: city.id, tenantId, keeperId: people.department_head.accountId };
  const id = await insertPolicy(unitOfWork, home, { title: `滨海市${text}办法`, state });
  await insertVersion(unitOfWork, home, id, [text], people.drafter.accountId);
  if (state === 'published') {
    await unitOfWork.run(systemActor(city.id), async (tx) => {
      const [version] = await tx.query<{ id: string }>('SELECT id FROM policy_version WHERE city_id = $1 AND policy_id = $2', [city.id, id]);
      await tx.query('UPDATE policy SET current_version_id = $3 WHERE city_id = $1 AND id = $2', [city.id, id, version?.id]);
      await makeVersionPublic(tx, version?.id ?? '');
    });
  }
  return id;
}

const words = (pdf: Measured): string => pdf.pages.flatMap(({ items }) => items).map(({ text }) => text).join('').replace(/\s/g, '');

it('gives everybody a published policy as its official document, under its number and title', async () => {
  const id = await policy('published', '补助');
  const path = `/${city.id}/policies/${id}`;
  const anybody = new Visitor(test.app);
  const pdf = await anybody.get(`${path}/document.pdf`);
  expect([pdf.statusCode, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
  expect(pdf.headers['content-disposition']).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('滨工信规〔2026〕1号 滨海市补助办法.pdf')}`);
  const [measured] = await measurePdfs([pdf.rawPayload]) as [Measured];
  expect(words(measured)).toContain('滨工信规〔2026〕1号');
  expect(words(measured)).toContain('第1条补助');
  expect(measured.info['Author']).toBe('甲局');
  const docx = await anybody.get(`${path}/document.docx`);
  expect([docx.statusCode, docx.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK']);
  expect((await anybody.get(path)).body).toContain(`href="${path}/document.pdf"`);
});

it('marks what is not published, gives it no number, and shows it to nobody outside', async () => {
  const id = await policy('reviewing', '未公布');
  const page = await drafter.get(`/console/policies/${id}`);
  const address = /href="(\/console\/policies\/[^"]*document\.pdf\?version=[^"]+)"/.exec(page.body)?.[1] ?? '';
  const pdf = await drafter.get(address);
  expect(pdf.statusCode).toBe(200);
  const [measured] = await measurePdfs([pdf.rawPayload]) as [Measured];
  expect(words(measured)).toMatch(/^送审稿滨海市未公布办法/);
  expect(words(measured)).not.toMatch(/〔\d+〕|印发/);
  expect((await new Visitor(test.app).get(`/${city.id}/policies/${id}/document.pdf`)).statusCode).toBe(404);
});

it('says which character cannot be set, and goes on serving', async () => {
  const id = await policy('reviewing', '𠮷');
  const refused = await drafter.get(`/console/policies/${id}/document.pdf`);
  expect([refused.statusCode, refused.body.includes('U+20BB7')]).toEqual([422, true]);
  expect((await drafter.get(`/console/policies/${id}/document.docx`)).statusCode).toBe(200);
});
