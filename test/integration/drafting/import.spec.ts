import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readSource, sameText } from '@core/documents';
import { ImportDraft } from '@domains/drafting';
import { verifyCity } from '@platform/audit';
import { systemActor } from '@platform/kernel';
import { startTestApp, type TestApp } from '../../support/app';
import { describeWithRealInputs } from '../../support/capabilities';
import { makeCity, type TestCity } from '../../support/people';

let web: TestApp;
let city: TestCity;
beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
});
afterAll(() => web.close());

const importDraft = () => web.app.get(ImportDraft, { strict: false });
const TEXT = '示例市某事办法\n第一章 总则\n第一条 为了某事，制定本办法。\n第二条 有下列情形的：\n（一）甲；\n（二）乙。\n';

test('stores a text as a draft whose provisions make the text again, once, under nobody’s signature', async () => {
  const document = await readSource('a.txt', Buffer.from(TEXT));
  const first = await importDraft().run(city.id, 'a.txt', document, city.departments[1].code);
  expect(first.created).toBe(true);
  expect(sameText(first.text, TEXT)).toBe(true);
  expect(await importDraft().run(city.id, 'a.txt', document, city.departments[1].code)).toEqual({ ...first, created: false });
  const [row] = await web.unitOfWork.run(systemActor(city.id), (tx) => tx.query(
    `SELECT p.tenant_id, p.state, p.public_since, e.name, e.payload::jsonb ->> 'actorName' AS actor
     FROM policy p JOIN life_cycle_event e ON e.city_id = p.city_id AND e.policy_id = p.id WHERE p.city_id = $1 AND p.id = $2`, [city.id, first.policyId]));
  expect(row).toEqual({ tenant_id: city.departments[1].id, state: 'drafting', public_since: null, name: 'imported', actor: 'system' });
  expect((await web.unitOfWork.run(systemActor(city.id), verifyCity)).firstFault).toBeNull();
});

test('refuses a department that is not there', async () => {
  const document = await readSource('b.txt', Buffer.from(TEXT));
  await expect(importDraft().run(city.id, 'b.txt', document, '无此代字')).rejects.toMatchObject({ key: 'drafting:error.importDepartment' });
});

describeWithRealInputs('the real policies', () => {
  test('each one, read back from the database, equals its source apart from white space', async () => {
    const folder = path.join(process.env.TEST_REAL_INPUTS as string, 'policies');
    const broken: string[] = [];
    const files = readdirSync(folder).sort();
    for (const file of files) {
      const document = await readSource(file, readFileSync(path.join(folder, file)));
      const { text } = await importDraft().run(city.id, file, document);
      if (!sameText(text, document.source)) broken.push(file);
    }
    expect(files.length).toBeGreaterThan(50);
    expect(broken).toEqual([]);
  });
});
