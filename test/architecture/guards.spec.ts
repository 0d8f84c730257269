import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Each guard is run, as `npm run check` runs it, on a tree that breaks every rule once and on one that breaks none. */
const root = path.resolve(__dirname, '../..');
const fixtures = path.join(__dirname, 'fixtures');

function run(tool: string, args: string[], cwd: string): string {
  const result = spawnSync(process.execPath, [path.join(root, 'node_modules', tool), ...args], { cwd, encoding: 'utf8', maxBuffer: 1e8 });
  if (result.stdout === '') throw new Error(result.stderr);
  return result.stdout;
}

describe('dependency-cruiser', () => {
  interface Violation { from: string; rule: { name: string } }
  const { forbidden } = require(path.join(root, '.dependency-cruiser.cjs')) as { forbidden: { name: string }[] };
  const violations = (tree: string): Violation[] => {
    const args = ['--config', path.join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', '.'];
    const { summary } = JSON.parse(run('dependency-cruiser/bin/dependency-cruise.mjs', args, path.join(fixtures, 'dependencies', tree))) as { summary: { violations: Violation[] } };
    return summary.violations;
  };

  it('catches every rule’s known-bad file, and by that rule alone', () => {
    const caught = violations('bad').map(({ from, rule }) => `${path.basename(from, '.ts')}: ${rule.name}`);
    const expected = forbidden.map(({ name }) => `${name === 'no-circle' ? 'no-circle-other' : name}: ${name}`);
    expect(caught.sort()).toEqual(expected.sort());
  });

  it('is silent where the same needs are met as the house wants', () => {
    expect(violations('good')).toEqual([]);
  });
});

describe('eslint', () => {
  const rules: Record<string, string> = {
    'route.ts': 'A route says who may use it',
    'export-all.ts': 'Name what a library exports',
    'forward-ref.ts': 'A circle of modules',
    'repository.ts': 'Queries live in persistence/',
    'new-date.ts': 'Time comes from Clock',
    'date-now.ts': 'Time comes from Clock',
    'floating-promise.ts': 'no-floating-promises',
    'switch.ts': 'switch-exhaustiveness-check',
    'max-lines.ts': 'max-lines',
    'focused.spec.ts': 'no-focused-tests',
  };
  let found: Map<string, string>;

  beforeAll(() => {
    const args = ['--config', path.join(root, 'eslint.config.mjs'), '--format', 'json', '.'];
    const report = JSON.parse(run('eslint/bin/eslint.js', args, path.join(fixtures, 'lint'))) as { filePath: string; messages: { ruleId: string; message: string }[] }[];
    found = new Map(report.map(({ filePath, messages }) => [path.relative(path.join(fixtures, 'lint'), filePath), messages.map(({ ruleId, message }) => `${ruleId} ${message}`).join('\n')]));
  });

  it('has a known-bad file for each rule below', () => {
    expect(readdirSync(path.join(fixtures, 'lint/bad')).sort()).toEqual(Object.keys(rules).sort());
  });

  it.each(Object.entries(rules))('catches %s', (file, message) => {
    expect(found.get(`bad/${file}`)).toContain(message);
  });

  it.each(['good/route.ts', 'good/persistence/rows.ts', 'libs/platform/kernel/src/clock.ts'])('is silent on %s', (file) => {
    expect(found.get(file)).toBe('');
  });
});

describe('knip', () => {
  it('finds a file that nobody imports, and no other', () => {
    const output = run('knip/bin/knip.js', ['--config', path.join(root, 'knip.json'), '--reporter', 'json', '--include', 'files'], path.join(fixtures, 'dead-code'));
    expect(output).toContain('apps/web/src/forgotten.ts');
    expect(output).not.toContain('used.ts');
  });
});
