import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { recordAudit } from '@platform/audit';
import { newId } from '@platform/kernel';
import { publicKeyPem, rawPublicKey, readSigningKey } from '@platform/merkle-log';
import { verifyLogFiles } from '../../../apps/cli/src/log-files';
import { startTestApp, type TestApp } from '../../support/app';
import { makeCity, type TestCity } from '../../support/people';
import { newKey } from '../log/log-city';

const root = path.resolve(__dirname, '../../..');
const key = newKey();
let [test_, city]: [TestApp, TestCity] = [] as never;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'policyloop-log-'));
  test_ = await startTestApp();
  city = await makeCity(test_);
  for (let n = 0; n < 5; n += 1) await write();
}, 60_000);
afterAll(async () => {
  await test_.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (): Promise<void> => test_.unitOfWork.run(city.departments[0].people.drafter, async (tx) => recordAudit(tx, { action: 'test.done', subjectType: 'test', subjectId: newId() }));
const file = (name: string): string => path.join(folder, name);

interface Run { code: number | null; out: string; err: string }
function run(env: NodeJS.ProcessEnv, args: string[]): Run {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [path.join(root, 'bin/policyloop.js'), ...args], { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8', timeout: 60_000 });
  if (error) throw error;
  return { code: status, out: stdout, err: stderr };
}
const connected = (...args: string[]): Run => run({
  DATABASE_URL: test_.database.ownerUrl, APP_DATABASE_URL: test_.database.appUrl, PUBLIC_DATABASE_URL: test_.database.publicUrl,
  DATA_DIR: file('data'), STORAGE_URL: pathToFileURL(file('files')).href, LOG_SIGNING_KEY: key,
}, args);
/** Without a database to be found. */
const offline = (...args: string[]): Run => run({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', DATA_DIR: file('none') }, args);

test('log checkpoint, log export and verify work from a live database to two files that are checked offline', async () => {
  const taken = connected('log', 'checkpoint', '--city', city.id, '--out', file('checkpoint.json'), '--json');
  expect([taken.err, taken.code, JSON.parse(taken.out)]).toEqual(['', 0, expect.objectContaining({ city: city.id, checkpoints: 1, taken: true })]);
  await write();
  expect(connected('log', 'export', '--city', city.id, '--out', file('log.json'), '--json')).toMatchObject({ code: 0, err: '' });

  const good = offline('verify', file('log.json'), file('checkpoint.json'), '--json');
  expect([good.code, good.err]).toEqual([0, '']);
  expect(JSON.parse(good.out)).toMatchObject({ valid: true, reason: 'ok', why: expect.stringContaining('日志与检查点一致'), city: city.id, pending: 1, checkpoints: 1, keysGiven: false });

  const bent = readFileSync(file('log.json'), 'utf8').replace('test.done', 'test.gone');
  writeFileSync(file('bent.json'), bent);
  const bad = offline('verify', file('bent.json'), file('checkpoint.json'), '--json');
  expect([bad.code, JSON.parse(bad.out)]).toEqual([1, expect.objectContaining({ valid: false, reason: 'edited' })]);
}, 120_000);

test('goes by the keys that are given, and takes several checkpoints', async () => {
  writeFileSync(file('key.pem'), publicKeyPem(rawPublicKey(readSigningKey(key)).toString('base64')));
  writeFileSync(file('other.pem'), publicKeyPem(rawPublicKey(readSigningKey(newKey())).toString('base64')));
  expect(await verifyLogFiles(file('log.json'), file('checkpoint.json'), file('key.pem'))).toMatchObject({ valid: true, keysGiven: true });
  expect(await verifyLogFiles(file('log.json'), file('checkpoint.json'), file('other.pem'))).toMatchObject({ valid: false, reason: 'key_not_accepted' });
  expect(JSON.parse(connected('log', 'checkpoint', '--city', city.id, '--out', file('two.json'), '--json').out)).toMatchObject({ checkpoints: 2 });
  // The earlier log lacks what the later checkpoint signs.
  expect(await verifyLogFiles(file('log.json'), file('two.json'))).toMatchObject({ valid: false, reason: 'shorter' });
  connected('log', 'export', '--city', city.id, '--out', file('log2.json'));
  expect(await verifyLogFiles(file('log2.json'), file('two.json'))).toMatchObject({ valid: true, checkpoints: 2, pending: 0 });
}, 120_000);

test('refuses in one line, or with a verdict, what it cannot work with', async () => {
  expect(connected('log', 'export', '--city', '123456', '--out', file('x.json'))).toMatchObject({ code: 1, err: 'policyloop: 没有这个城市：123456\n' });
  for (const args of [[file('nothing.json'), file('checkpoint.json')], [file('log.json'), file('nothing.json')], [file('key.pem'), file('checkpoint.json')], [file('log.json'), file('log.json')], [folder, file('checkpoint.json')], [file('log.json'), file('checkpoint.json'), file('log.json')]]) {
    expect([args, await verifyLogFiles(args[0] ?? '', args[1] ?? '', args[2])]).toEqual([args, expect.objectContaining({ valid: false, why: expect.not.stringMatching(/^ledger-log|\{\{/) })]);
  }
}, 120_000);
