import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { LIFE_CYCLE } from '@core/policy';

/** What the documents say of the code is read from them and compared with the code. */
const root = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const filesUnder = (folder: string, ending: RegExp): string[] =>
  existsSync(path.join(root, folder))
    ? readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)).filter((name) => ending.test(name)).sort()
    : [];
const documents = ['README.md', ...filesUnder('docs', /\.md$/), ...filesUnder('libs', /README\.md$/)];
const codesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');

/** GitHub's anchor of a heading: lower case, punctuation gone, spaces as hyphens. */
const anchorsOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-'));

function brokenLink(document: string, target: string): boolean {
  if (/^[a-z]+:/.test(target)) return false;
  const [file = '', anchor] = target.split('#');
  const full = file ? path.join(root, path.dirname(document), file) : path.join(root, document);
  if (!existsSync(full)) return true;
  return anchor !== undefined && !(statSync(full).isFile() && anchorsOf(readFileSync(full, 'utf8')).includes(anchor));
}

const linksOf = (markdown: string): string[] => [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
/** Code spans that name a file or folder of the repository. */
const pathsOf = (markdown: string): string[] => codesIn(markdown).filter((code) => /^(apps|libs|migrations|scripts|test|docs|bin)\/[\w./-]*$/.test(code));

/** The rows under `<!-- name -->`, without the head of the table. */
function tableOf(name: string): string[][] {
  const [, after = ''] = read('docs/lifecycle.md').split(`<!-- ${name} -->\n`);
  const lines = after.split('\n\n')[0]?.split('\n').slice(2) ?? [];
  return lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}

/** Gates (`check`) or effects (`run`) that the rooms declare, as `key on transitions`. */
function declared(method: 'check' | 'run'): string[] {
  const pattern = new RegExp(String.raw`key: '([\w.]+)',\s*on: \[([^\]]*)\],\s*(?:async )?${method}\b`, 'g');
  return filesUnder('libs/domains', /(?<!\.spec)\.ts$/)
    .flatMap((file) => [...read(file).matchAll(pattern)].map(([, key, on = '']) => `${key} on ${on.replace(/'/g, '').split(/,\s*/).join(', ')}`))
    .sort();
}

const described = (table: string): string[] => tableOf(table).map(([key = '', on = '']) => `${codesIn(key).join()} on ${codesIn(on).join(', ')}`).sort();

describe.each(documents)('%s', (document) => {
  it('links to what exists', () => {
    expect(linksOf(read(document)).filter((target) => brokenLink(document, target))).toEqual([]);
  });

  it('names files and folders that exist', () => {
    expect(pathsOf(read(document)).filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  });
});

it('finds a broken link, a missing anchor and a missing path', () => {
  expect(['nowhere.md', 'docs/architecture.md#nowhere', '#nowhere', 'docs/architecture.md#growing'].map((target) => brokenLink('README.md', target))).toEqual([true, true, true, false]);
  expect(pathsOf('`libs/nowhere` and `a/b`')).toEqual(['libs/nowhere']);
});

describe('docs/lifecycle.md', () => {
  it('has the transitions of the code, in their order', () => {
    const rows = tableOf('transitions').map(([name = '', from = '', to = '']) => ({ name: codesIn(name)[0], from: codesIn(from), to: codesIn(to)[0] }));
    expect(rows).toEqual(LIFE_CYCLE.options.transitions);
  });

  it('has every gate and every effect of the rooms, and no other', () => {
    expect(declared('check').length).toBeGreaterThan(0);
    expect(described('gates')).toEqual(declared('check'));
    expect(described('effects')).toEqual(declared('run'));
  });

  it('has every record, and says which are public', () => {
    const source = read('libs/core/policy/src/domain/life-cycle.ts');
    const names = (pattern: RegExp): string[] => [...(pattern.exec(source)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, name]) => name ?? '');
    const open = new Set(names(/PUBLIC_EVENTS[^=]*= new Set\(\[([^\]]*)\]/));
    const records = names(/PolicyRecord =([^;]*);/).map((name) => `${name}: ${open.has(name) ? 'yes' : 'no'}`);
    expect(records.length).toBeGreaterThan(5);
    expect(tableOf('records').map(([name = '', , open = '']) => `${codesIn(name)[0]}: ${open}`).sort()).toEqual(records.sort());
  });
});

describe('README.md', () => {
  const sectionOf = (heading: string): string => read('README.md').split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

  it('has every command of policyloop, and no other', () => {
    const commands = filesUnder('apps/cli/src', /(?<!\.spec)\.ts$/).flatMap((file) => [...read(file).matchAll(/\.command\('([\w-]+)/g)].map(([, name]) => name));
    expect([...sectionOf("Operator's commands").matchAll(/^\| `([\w-]+)/gm)].map(([, name]) => name).sort()).toEqual(commands.sort());
  });

  it('has every variable that the programs and scripts read', () => {
    const own = new Set(['PATH', 'POLICYLOOP_HOME']);
    const sources = [...filesUnder('apps', /(?<!\.spec)\.ts$/), ...filesUnder('libs', /(?<!\.spec)\.ts$/), ...filesUnder('scripts', /\.[mc]js$/), 'test/schema/schema.spec.ts'];
    const variables = new Set(sources.flatMap((file) => [...read(file).matchAll(/\benv(?:\.|\[')([A-Z][A-Z_]+)/g)].map(([, name]) => name ?? '')));
    expect(variables.size).toBeGreaterThan(10);
    const told = codesIn(sectionOf('Environment'));
    expect([...variables].filter((name) => !own.has(name) && !told.includes(name))).toEqual([]);
  });
});

it('every `npm run` in the documents is a script', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = documents.flatMap((document) => [...read(document).matchAll(/npm run ([\w-]+)/g)].map(([, name]) => name ?? ''));
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

describe.each(filesUnder('docs/adr', /\.md$/))('%s', (file) => {
  it('has its number and the four headings, in order, each with words', () => {
    const text = read(file);
    expect(text).toMatch(new RegExp(`^# ${path.basename(file).slice(0, 4)} \\S`));
    expect([...text.matchAll(/^## (.+)\n\n(?=[^#\s])/gm)].map(([, heading]) => heading)).toEqual(['Context', 'Options', 'Choice', 'Consequence']);
  });
});

it('numbers the ADRs without a gap', () => {
  expect(filesUnder('docs/adr', /\.md$/).map((file) => Number(path.basename(file).slice(0, 4)))).toEqual(filesUnder('docs/adr', /\.md$/).map((_file, index) => index + 1));
});
