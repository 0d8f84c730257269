import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterFile } from './cluster-command';

const root = join(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'policyloop-cluster-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (content: string | Buffer): string => {
  const path = join(folder, 'opinions.jsonl');
  writeFileSync(path, content);
  return path;
};
const lines = (...values: object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const LETTER = '现行办法规定夜间停车一律按次收费，附近上夜班的工人负担很重。建议八点以后免费停放，并把机关大院的车位向居民开放。';

describe('clusterFile', () => {
  it('gives clusters, threshold and seconds, and nothing else', async () => {
    const path = file(`\ufeff${lines({ id: 'b', text: LETTER }, { id: 7, text: `您好！${LETTER}` }, { id: 'c', text: '请把公园的长椅修一修。', more: 1 })}\r\n\n${JSON.stringify({ id: 'a', text: LETTER })}`);
    const { json, text } = await clusterFile(path, {});
    expect(json).toEqual({ clusters: [[7, 'a', 'b']], threshold: 0.25, seconds: expect.any(Number) as number });
    expect(text).toMatch(/^4 条意见，1 个意见簇，簇内 3 条.*\n1\. 3 条，2 种写法/);
    expect((await clusterFile(path, { threshold: '1' })).json).toMatchObject({ clusters: [['a', 'b']], threshold: 1 });
    expect((await clusterFile(file(''), { shingle: '5' })).json.clusters).toEqual([]);
  });

  it('does not count the words of the draft', async () => {
    const draft = join(folder, 'draft.txt');
    writeFileSync(draft, LETTER);
    expect((await clusterFile(file(lines({ id: 1, text: `${LETTER}不行，太贵` }, { id: 2, text: `${LETTER}很好，我赞成` })), { draft })).json.clusters).toEqual([]);
  });

  it.each<[string, string | Buffer, string]>([
    ['half an object', '{"id":"a","text":"x"}\n{"id":"b"', '第 2 行不是合法的 JSON'],
    ['an array', '\n[1]\n', '第 2 行没有 id'],
    ['null', 'null\n', '第 1 行没有 id'],
    ['an empty id', '{"id":"","text":"x"}', '第 1 行没有 id'],
    ['an object as id', '{"id":{},"text":"x"}', '第 1 行没有 id'],
    ['a number as text', '{"id":"a","text":7}', '第 1 行没有 text'],
    ['an id twice', '{"id":"1","text":"x"}\n{"id":1,"text":"y"}', '第 2 行的 id 与前面重复：1'],
    ['bytes of GBK', Buffer.concat([Buffer.from('{"id":"a","text":"x"}\n'), Buffer.from([0xb9, 0xe3, 0xd6, 0xdd, 0x0a])]), '第 2 行不是 UTF-8'],
    ['deep nesting', `${'['.repeat(200_000)}\n`, '第 1 行'],
  ])('refuses %s', async (_name, content, refusal) => {
    await expect(clusterFile(file(content), {})).rejects.toThrow(refusal);
  });

  it.each([[{ threshold: '0' }, '--threshold'], [{ threshold: 'abc' }, '--threshold'], [{ shingle: '0.5' }, '--shingle'], [{ shingle: '99' }, '--shingle'], [{ draft: '/nowhere.txt' }, '/nowhere.txt']])('refuses %p', async (options, refusal) => {
    await expect(clusterFile(file(''), options)).rejects.toThrow(refusal);
  });

  it('refuses what is no file', async () => {
    await expect(clusterFile(join(folder, 'none.jsonl'), {})).rejects.toThrow('没有这个文件');
    await expect(clusterFile(folder, {})).rejects.toThrow('不是文件');
  });
});

describe('policyloop cluster', () => {
  const run = (args: string[], input = ''): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, ['--require', join(root, 'test/support/typescript-thread.cjs'), join(root, 'apps/cli/src/main.ts'), 'cluster', ...args], { input, encoding: 'utf8', cwd: root });

  it('reads standard input and prints one JSON line', () => {
    const { status, stdout } = run(['-', '--json', '--threshold', '0.3'], lines({ id: 'a', text: LETTER }, { id: 'b', text: LETTER }));
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ clusters: [['a', 'b']], threshold: 0.3, seconds: expect.any(Number) as number });
    expect(stdout.trimEnd()).not.toContain('\n');
  });

  it('says what is wrong on standard error alone, and ends with 1', () => {
    const { status, stdout, stderr } = run(['-', '--json'], `${lines({ id: 'a', text: LETTER }, { id: 'b', text: LETTER })}oops\n`);
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: 'policyloop: 第 3 行不是合法的 JSON\n' });
  });
});
