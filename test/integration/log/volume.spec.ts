import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { LifeCycle, policies } from '@core/policy';
import { ledgerTimeline } from '@domains/ledger';
import { recordAudit } from '@platform/audit';
import { newId, systemActor } from '@platform/kernel';
import { inclusionHolds } from '@platform/merkle';
import { checkpoints, consistencyProof, inclusionProof, logState } from '@platform/merkle-log';
import { PublicReader } from '@platform/persistence';
import { type LogCity, openLogCity } from './log-city';

/** `LOG_ENTRIES=100000` is what the evidence states; every entry is written by the product's own code, and linked and numbered as always. */
const ENTRIES = Number(process.env.LOG_ENTRIES ?? 3000);
const BATCH = 200;
jest.setTimeout(120_000 + ENTRIES * 20);

let city: LogCity;
let folder: string;
beforeAll(async () => {
  city = await openLogCity();
  folder = mkdtempSync(path.join(tmpdir(), 'policyloop-volume-'));
});
afterAll(async () => {
  await city?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Measured {
  seconds: number;
  megabytes: number;
  verdict: { valid: boolean; entries: number; covered: number; pending: number } | null;
}

async function program(...given: string[]): Promise<Measured> {
  const support = (name: string): string => path.join(__dirname, '../../support', name);
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', support('typescript-thread.cjs'), support('log-program.ts'), ...given],
    { env: { ...process.env, APP_URL: city.appUrl, PUBLIC_URL: city.publicUrl }, maxBuffer: 16 * 1024 * 1024 });
  return JSON.parse(stdout) as Measured;
}

async function timed<T>(name: string, figures: string[], work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const answer = await work();
  figures.push(`${name} ${(performance.now() - start).toFixed(0)} ms`);
  return answer;
}

test(`a log of ${ENTRIES} entries is numbered, signed, exported, verified and read`, async () => {
  const figures: string[] = [];
  const lifeCycle = city.get(LifeCycle);
  const started = performance.now();
  for (let written = 0; written < ENTRIES; written += BATCH) {
    await city.unitOfWork.run(systemActor(city.cityId), async (tx) => {
      const policy = await policies.require(tx, city.policyIds[(written / BATCH) % city.policyIds.length] as string);
      for (let n = 0; n < BATCH; n += 1) {
        if (n % 5 < 2) await lifeCycle.record(tx, policy, n % 2 ? 'docket_signed' : 'version_submitted', { details: { n, words: '同意，按会议意见修改后送审。' } });
        else recordAudit(tx, { action: 'test.done', subjectType: 'policy', subjectId: newId(), tenantId: city.drafting, details: { n, written } });
      }
    });
  }
  figures.push(`written in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  await timed('numbered and signed in', figures, () => city.take(true));
  const reader = city.get(PublicReader);
  const { items } = await checkpoints(reader, city.cityId, { all: true });
  const size = items[0]?.size ?? 0;
  expect(size).toBeGreaterThanOrEqual(ENTRIES);

  const [log, signed] = [path.join(folder, 'log.json'), path.join(folder, 'checkpoints.json')];
  writeFileSync(signed, JSON.stringify({ checkpoints: items }));
  const out = await program('export', city.cityId, log);
  const check = await program('verify', log, signed);
  expect(check.verdict).toMatchObject({ valid: true, entries: size, covered: size, pending: 0 });
  figures.push(`file ${(statSync(log).size / 2 ** 20).toFixed(0)} MiB`, `export ${out.seconds.toFixed(1)} s, ${out.megabytes.toFixed(0)} MiB`, `verify ${check.seconds.toFixed(1)} s, ${check.megabytes.toFixed(0)} MiB`);

  // What the console's page reads, the public page's proofs, and one policy's life with its places.
  await timed('state and checkpoints', figures, async () => [await logState(reader, city.cityId), await checkpoints(reader, city.cityId)]);
  await timed('consistency', figures, () => consistencyProof(reader, city.cityId, Math.max(1, size >> 1), size));
  const proof = await timed('inclusion', figures, () => inclusionProof(reader, city.cityId, size - 1, size));
  const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
  const claim = { leaf: bytes(proof.leaf), index: size - 1, size, path: proof.path.map(bytes), root: bytes(items[0]?.root ?? '') };
  expect([inclusionHolds(claim), inclusionHolds({ ...claim, index: size - 2 })]).toEqual([true, false]);
  const overseer = { ...systemActor(city.cityId), scope: 'city' as const };
  const life = await timed('life of a policy', figures, () => city.unitOfWork.run(overseer, (tx) => ledgerTimeline(tx, city.policyIds[0] as string)));
  expect(life.every(({ logNo, checkpoint }) => logNo !== null && checkpoint !== null && checkpoint.size > logNo)).toBe(true);
  process.stdout.write(`log of ${size} entries: ${figures.join('; ')}\n`);
});
