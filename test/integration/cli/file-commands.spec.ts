import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../../..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'policyloop-cli-'));
  writeFileSync(path.join(folder, 'old.txt'), ['滨海市补助办法', '第一条 为了支持企业，制定本办法。', '第二条 补助十万元。', '第三条 本办法自公布之日起施行。'].join('\n'));
  writeFileSync(path.join(folder, 'new.txt'), ['滨海市补助办法', '第一条 为了支持企业，制定本办法。', '第二条 补助二十万元。', '第三条 申请人提交材料。', '第四条 本办法自公布之日起施行。'].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run { code: number | null; out: string; err: string }

/** The built program, as an operator calls it; with no database to be found. */
function run(command: string, ...args: string[]): Run {
  const env = { ...process.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', DATA_DIR: path.join(folder, 'data') };
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, env, encoding: 'utf8', timeout: 60_000 });
  if (error) throw error;
  return { code: status, out: stdout, err: stderr };
}
const policyloop = (...args: string[]): Run => run(process.execPath, path.join(root, 'bin/policyloop.js'), ...args);
const json = <T>({ out }: Run): T => JSON.parse(out) as T;

describe('npx policyloop deadline', () => {
  test('prints one JSON line: due, skipped with reasons, calendar', () => {
    const answer = run('npx', 'policyloop', 'deadline', '--from', '2025-09-24', '--days', '20', '--unit', 'wd', '--json');
    expect([answer.code, answer.err, answer.out.split('\n')]).toEqual([0, '', [expect.any(String), '']]);
    const { due, skipped, calendar, ...more } = json<{ due: string; skipped: { date: string; why: string }[]; calendar: string[] }>(answer);
    expect([due, more, calendar]).toEqual(['2025-10-28', {}, ['国办发明电〔2024〕12号']]);
    expect(skipped).toHaveLength(14);
    expect(skipped.every((day) => Object.keys(day).join() === 'date,why')).toBe(true);
    expect(skipped).toContainEqual({ date: '2025-09-27', why: 'weekend' });
    expect(skipped).toContainEqual({ date: '2025-10-01', why: 'holiday:国庆节、中秋节' });
    // Worked by notice: not skipped.
    expect(skipped.map(({ date }) => date)).not.toContain('2025-09-28');
  });

  test('counts calendar days without any notice, also of years that have none', () => {
    expect(json(policyloop('deadline', '--from', '2031-01-31', '--days', '30', '--unit', 'cd', '--json'))).toEqual({ due: '2031-03-02', skipped: [], calendar: [] });
  });

  test.each([
    [['--from', '2026-12-20', '--days', '20', '--unit', 'wd'], '没有2027年的放假安排通知，不能计算工作日。'],
    [['--from', '2026-02-30', '--days', '5', '--unit', 'wd'], '“2026-02-30”不是有效日期'],
    [['--from', '2026-02-03', '--days', '1e3', '--unit', 'cd'], '期限应为 0 至 3650 之间的整数（天）。'],
    [['--from', '2026-02-03', '--days', '5', '--unit', 'weeks'], '期限单位“weeks”无效'],
    [['--from', '2026-02-03', '--days', '5'], "required option '--unit <unit>'"],
  ])('%j is one line on standard error and exit 1', (args, words) => {
    const { code, out, err } = policyloop('deadline', ...args, '--json');
    expect([code, out, err.trim().split('\n').length]).toEqual([1, '', 1]);
    expect(err).toContain(words);
    expect(err).toMatch(/^policyloop: /);
  });
});

describe('npx policyloop diff', () => {
  const old = (): string => path.join(folder, 'old.txt');
  const next = (): string => path.join(folder, 'new.txt');

  test('prints one JSON line a change, with its words', () => {
    const { code, out, err } = run('npx', 'policyloop', 'diff', old(), next(), '--json');
    expect([code, err]).toEqual([0, '']);
    const lines = out.trim().split('\n').map((line) => JSON.parse(line) as { op: string; from: string | null; to: string | null; words: unknown });
    expect(lines.every((line) => Object.keys(line).join() === 'op,from,to,words')).toBe(true);
    const ops = lines.map(({ op }) => op);
    for (const op of ['changed', 'added', 'renumbered']) expect(ops).toContain(op);
    expect(lines.every(({ op, from, to }) => (op === 'added') === (from === null) && (op === 'removed') === (to === null))).toBe(true);
    expect(policyloop('diff', old(), old(), '--json')).toEqual({ code: 0, out: '', err: '' });
  });

  test('refuses a file that is not there in one line', () => {
    const { code, out, err } = policyloop('diff', old(), path.join(folder, 'missing.txt'), '--json');
    expect([code, out, err.trim().split('\n').length]).toEqual([1, '', 1]);
    expect(err).toContain('missing.txt');
  });
});

describe('npx policyloop layout', () => {
  const layout = (...more: string[]): Run =>
    policyloop('layout', path.join(folder, 'old.txt'), '--number', '滨工信规〔2026〕3号', '--date', '2026-03-01', '--issuer', '滨海市工业和信息化局', ...more);

  test.each([['out.pdf', '%PDF-'], ['out.docx', 'PK']])('writes %s', (name, magic) => {
    const out = path.join(folder, name);
    const answer = layout('--out', out, '--json');
    expect([answer.code, answer.err]).toEqual([0, '']);
    expect(readFileSync(out).subarray(0, magic.length).toString('latin1')).toBe(magic);
    expect(Object.keys(json<object>(answer)).length).toBeGreaterThan(0);
  });

  test.each([
    [['--out', 'x.odt'], 'x.odt'],
    [['--out', 'x.pdf', '--number', '滨工信规[2026]3号'], '滨工信规[2026]3号'],
  ])('refuses %j in one line', (more, words) => {
    const { code, out, err } = layout(...more.map((word) => (word.startsWith('x.') ? path.join(folder, word) : word)));
    expect([code, out, err.trim().split('\n').length]).toEqual([1, '', 1]);
    expect(err).toContain(words);
  });
});
