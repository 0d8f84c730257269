import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type FileStore, openFileStore } from '@platform/storage';
import { type TestFiles, testFiles } from '../../support/files';

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let files: TestFiles;
let store: FileStore;
beforeEach(async () => {
  files = testFiles();
  store = await openFileStore(files.storageUrl);
});
afterEach(() => files.remove());

const filesIn = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name);

test('gives back what was put, by its hash, also empty and large files', async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('图解'), randomBytes(3_000_000)]) {
    expect(await store.put(bytes)).toEqual({ sha256: hash(bytes), size: bytes.length });
    expect(bytes.equals(await store.get(hash(bytes)))).toBe(true);
    expect(bytes.equals(readFileSync(files.pathOf(hash(bytes))))).toBe(true);
  }
});

test('keeps one whole file when twenty put the same bytes at once, and readers never see half of it', async () => {
  const bytes = randomBytes(500_000);
  const name = hash(bytes);
  let writing = true;
  const read = async (): Promise<void> => {
    while (writing) {
      const seen = await store.get(name).catch((error: { reason: string }) => error.reason);
      expect(seen === 'missing' || bytes.equals(seen as Buffer)).toBe(true);
    }
  };
  const reading = Promise.all([read(), read()]);
  const answers = await Promise.all(Array.from({ length: 20 }, () => store.put(bytes))).finally(() => { writing = false; });
  await reading;
  expect(new Set(answers.map(({ sha256 }) => sha256))).toEqual(new Set([name]));
  expect(filesIn(files.folder)).toEqual([name]);
});

test('finds an altered file and a missing one, and mends the altered one when it is put again', async () => {
  const bytes = Buffer.from('what was approved');
  const { sha256 } = await store.put(bytes);
  writeFileSync(files.pathOf(sha256), 'something else');
  await expect(store.get(sha256)).rejects.toMatchObject({ name: 'FileUnavailable', reason: 'altered', sha256 });
  await store.put(bytes);
  expect(await store.get(sha256)).toEqual(bytes);
  rmSync(files.pathOf(sha256));
  await expect(store.get(sha256)).rejects.toMatchObject({ name: 'FileUnavailable', reason: 'missing', sha256 });
});

test('reaches nothing outside its folder', async () => {
  const outside = path.join(files.folder, '..', `${path.basename(files.folder)}-secret`);
  writeFileSync(outside, 'secret');
  try {
    const way = `../${path.basename(outside)}`;
    for (const name of [way, `../${way}`, `aa/../${way}`, outside, '', 'A'.repeat(64), `${'a'.repeat(64)}/../${way}`, `${'a'.repeat(64)}\n`, '%2e%2e%2fetc%2fpasswd'.padEnd(64, '0')]) {
      await expect(store.get(name)).rejects.toThrow(TypeError);
    }
  } finally {
    rmSync(outside);
  }
});

test('says that it cannot write, and leaves nothing half done', async () => {
  const bytes = Buffer.from('no room for this one');
  // A folder where the file belongs: the last step of writing fails.
  mkdirSync(path.join(files.pathOf(hash(bytes)), 'in the way'), { recursive: true });
  await expect(store.put(bytes)).rejects.toMatchObject({ name: 'FileUnavailable', reason: 'away' });
  expect(filesIn(files.folder)).toEqual([]);
  await expect(store.get(hash(bytes))).rejects.toMatchObject({ reason: 'away' });
});

test('makes its folder with the first file only', async () => {
  const folder = path.join(files.folder, 'later');
  const later = await openFileStore(`${files.storageUrl}/later`);
  expect(existsSync(folder)).toBe(false);
  await later.put(Buffer.from('first'));
  expect(filesIn(folder)).toEqual([hash(Buffer.from('first'))]);
});

test.each([
  '', '/files', 'files', 'file://server/files', 'file:///files?mode=0777', 'http://127.0.0.1/files', 's3://', 's3:///prefix', 's3://key:secret@bucket', 's3://bucket?endpoint=somewhere',
  's3://bucket?endpoint=file:///etc', 's3://bucket?regoin=x',
])('refuses the address %p in one line', async (address) => {
  await expect(openFileStore(address)).rejects.toThrow(/^STORAGE_URL is not file:\/\/\/FOLDER or s3:[^\n]*$/);
});
