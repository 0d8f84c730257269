import { createHash, randomBytes } from 'node:crypto';
import { type FileStore, openFileStore } from '@platform/storage';
import { type BucketServer, startBucketServer } from './bucket-server';

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const variables = { AWS_ACCESS_KEY_ID: 'only-for-tests', AWS_SECRET_ACCESS_KEY: 'only-for-tests-too', AWS_CONFIG_FILE: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent' };
const before = { ...process.env };

let server: BucketServer;
let store: FileStore;
const open = (prefix = '/city/files'): Promise<FileStore> => openFileStore(`s3://policy-files${prefix}?endpoint=${encodeURIComponent(server.address)}&region=cn-test-1`);
const pathOf = (sha256: string, prefix = '/city/files'): string => `/policy-files${prefix}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;

beforeAll(() => Object.assign(process.env, variables));
afterAll(() => { process.env = before; });
beforeEach(async () => {
  server = await startBucketServer();
  store = await open();
});
afterEach(() => server.close());

test('gives back what was put, under bucket, prefix and hash, in signed requests', async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('图解'), randomBytes(2_000_000)]) {
    expect(await store.put(bytes)).toEqual({ sha256: hash(bytes), size: bytes.length });
    expect(server.objects.get(pathOf(hash(bytes)))?.equals(bytes)).toBe(true);
    expect(bytes.equals(await store.get(hash(bytes)))).toBe(true);
  }
  expect(server.requests.map(({ method }) => method)).toEqual(['PUT', 'GET', 'PUT', 'GET', 'PUT', 'GET']);
  expect(server.requests.every(({ authorization }) => authorization.includes('Credential=only-for-tests/') && authorization.includes('/cn-test-1/s3/'))).toBe(true);
});

test('needs no prefix', async () => {
  const bare = await open('');
  const { sha256 } = await bare.put(Buffer.from('x'));
  expect([...server.objects.keys()]).toEqual([pathOf(sha256, '')]);
  expect(await bare.get(sha256)).toEqual(Buffer.from('x'));
});

test('keeps one object when twenty put the same bytes at once', async () => {
  const bytes = randomBytes(100_000);
  await Promise.all(Array.from({ length: 20 }, () => store.put(bytes)));
  expect([...server.objects.keys()]).toEqual([pathOf(hash(bytes))]);
  expect(bytes.equals(await store.get(hash(bytes)))).toBe(true);
});

test('finds an altered object and a missing one', async () => {
  const { sha256 } = await store.put(Buffer.from('what was approved'));
  server.objects.set(pathOf(sha256), Buffer.from('something else'));
  await expect(store.get(sha256)).rejects.toMatchObject({ name: 'FileUnavailable', reason: 'altered' });
  server.objects.clear();
  await expect(store.get(sha256)).rejects.toMatchObject({ name: 'FileUnavailable', reason: 'missing' });
});

test('says that the server is away: refusing, failing, or gone', async () => {
  const { sha256 } = await store.put(Buffer.from('x'));
  for (const status of [403, 500]) {
    server.failWith = status;
    await expect(store.get(sha256)).rejects.toMatchObject({ name: 'FileUnavailable', reason: 'away' });
    await expect(store.put(Buffer.from('y'))).rejects.toMatchObject({ name: 'FileUnavailable', reason: 'away' });
  }
  await server.close();
  await expect(store.get(sha256)).rejects.toMatchObject({ name: 'FileUnavailable', reason: 'away' });
});

test('does not start without a region', async () => {
  await expect(openFileStore('s3://policy-files')).rejects.toThrow(/region/i);
});
