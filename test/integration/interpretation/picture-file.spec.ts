import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { PublishPolicy } from '@core/policy';
import { ApproveMaterial, WriteMaterial } from '@domains/interpretation';
import { sha256Hex, systemActor } from '@platform/kernel';
import { startTestApp, type TestApp } from '../../support/app';
import { makeCity, type TestCity } from '../../support/people';
import { insertApproval, insertPolicy, insertVersion } from '../../support/policies';
import { samplePng } from '../../support/sample-png';
import { Visitor } from '../../support/visitor';

/** Rows are in the database and bytes in the file store: what happens when the two do not go together. */
let server: TestApp;
let city: TestCity;
let policyId: string;
let pictureId: string;
const png = samplePng(64, 36);
const input = { title: '一图读懂', altText: '分三步：登记、提交、核验。', clauseIdentities: ['a1'] };
const people = (): TestCity['departments'][0]['people'] => city.departments[0].people;
const publicUrl = (): string => `/${city.id}/interpretations/${pictureId}/picture`;

async function approvedPolicy(): Promise<string> {
  const home = { cityId: city.id, tenantId: city.departments[0].id, keeperId: people().drafter.accountId };
  const id = await insertPolicy(server.unitOfWork, home, { state: 'approved' });
  await insertVersion(server.unitOfWork, home, id, ['补助百分之十。'], people().drafter.accountId);
  await insertApproval(server.unitOfWork, home, id, people().department_head.accountId);
  return id;
}
const namedPictures = (): Promise<{ sha256: string; size: number }[]> => server.unitOfWork.run(systemActor(city.id), (tx) =>
  tx.query('SELECT p.sha256, p.size FROM interpretation_picture p WHERE p.city_id = $1 ORDER BY p.sha256', [city.id]));

beforeAll(async () => {
  server = await startTestApp();
  city = await makeCity(server);
  policyId = await approvedPolicy();
  const [writer, approver] = [server.app.get(WriteMaterial), server.app.get(ApproveMaterial)];
  pictureId = await writer.run(people().interpreter, policyId, 'picture', { ...input, picture: png });
  const textId = await writer.run(people().interpreter, policyId, 'text', { title: '文字', body: '企业可获补助。', clauseIdentities: ['a1'] });
  for (const id of [pictureId, textId]) await approver.run(people().department_head, policyId, id);
  await server.app.get(PublishPolicy).run(people().registrar, policyId, { effectiveFrom: '2026-03-10', effectiveTo: '2027-03-09' });
});
afterAll(() => server.close());

test('the row names the file by its hash, and the file is outside the database', async () => {
  expect(await namedPictures()).toEqual([{ sha256: sha256Hex(png), size: png.length }]);
  expect(readFileSync(server.files.pathOf(sha256Hex(png)))).toEqual(png);
  expect((await server.app.inject(publicUrl())).rawPayload).toEqual(png);
});

test('a refused writing leaves a file that nobody names, and shows nothing', async () => {
  const other = samplePng(10, 10);
  const before = await namedPictures();
  await expect(server.app.get(WriteMaterial).run(people().interpreter, policyId, 'picture', { ...input, picture: other })).rejects.toMatchObject({ key: 'interpretation:error.tooLate' });
  const open = await approvedPolicy();
  await expect(server.app.get(WriteMaterial).run(people().interpreter, open, 'picture', { ...input, clauseIdentities: ['a9'], picture: other })).rejects.toMatchObject({ key: 'interpretation:error.clauseUnknown' });
  expect(existsSync(server.files.pathOf(sha256Hex(other)))).toBe(true);
  expect(await namedPictures()).toEqual(before);
});

test('a picture that the store cannot keep is not written at all', async () => {
  const open = await approvedPolicy();
  const before = await namedPictures();
  const other = samplePng(11, 11);
  // A file where the folder belongs.
  const folder = server.files.pathOf(sha256Hex(other)).split('/').slice(0, -2).join('/');
  expect(existsSync(folder)).toBe(false);
  writeFileSync(folder, '');
  await expect(server.app.get(WriteMaterial).run(people().interpreter, open, 'picture', { ...input, picture: other })).rejects.toMatchObject({ name: 'FileUnavailable', reason: 'away' });
  rmSync(folder);
  expect(await namedPictures()).toEqual(before);
  const rows = await server.unitOfWork.run(systemActor(city.id), (tx) => tx.query('SELECT 1 FROM interpretation_material WHERE city_id = $1 AND policy_id = $2', [city.id, open]));
  expect(rows).toEqual([]);
});

test.each([
  ['missing', (file: string) => rmSync(file)],
  ['altered', (file: string) => writeFileSync(file, samplePng(65, 36))],
])('a file that is %s is a clear 503 that no browser keeps, and the pages around it stand', async (_what, damage) => {
  const file = server.files.pathOf(sha256Hex(png));
  const head = await new Visitor(server.app).signIn(city.id, people().department_head.login);
  damage(file);
  try {
    for (const lang of ['zh', 'en']) {
      const answer = await server.app.inject(`${publicUrl()}?lang=${lang}`);
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
      expect(answer.body).toContain(lang === 'zh' ? '文件暂时无法读取或保存' : 'The file cannot be read or kept right now');
      expect(answer.headers['cache-control'] ?? '').not.toContain('immutable');
    }
    expect((await head.get(`/console/policies/${policyId}/interpretation/materials/${pictureId}/picture`)).statusCode).toBe(503);
    expect((await server.app.inject(`/${city.id}/policies/${policyId}/interpretation`)).statusCode).toBe(200);
    expect((await server.app.inject(`/${city.id}`)).statusCode).toBe(200);
    expect((await server.app.inject('/health/ready')).statusCode).toBe(200);
  } finally {
    writeFileSync(file, png);
  }
  expect((await server.app.inject(publicUrl())).rawPayload).toEqual(png);
});
