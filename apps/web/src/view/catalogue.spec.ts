import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCatalogue } from './catalogue';
import { WEB_DIR } from './testing';

const catalogue = readCatalogue(join(WEB_DIR, 'locales'));

/** Keys of a tree with the parameters of each text. English has one and other where Chinese has other alone: they count as one key. */
function entries(tree: unknown, path = ''): Map<string, string> {
  if (typeof tree === 'string') {
    const params = [...tree.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    return new Map([[path.replace(/_(one|other)$/, ''), [...new Set(params)].join()]]);
  }
  return new Map(Object.entries(tree as object).flatMap(([key, value]) => [...entries(value, path ? `${path}.${key}` : key)]));
}

it('has the same namespaces in both languages', () => {
  expect(Object.keys(catalogue.en).sort()).toEqual(Object.keys(catalogue.zh).sort());
});

describe.each(Object.keys(catalogue.zh))('%s.json', (namespace) => {
  it('has the same keys with the same parameters in both languages', () => {
    expect(Object.fromEntries(entries(catalogue.en[namespace]))).toEqual(Object.fromEntries(entries(catalogue.zh[namespace])));
  });
});

it('knows every key that a template names', () => {
  const known = new Set(Object.entries(catalogue.zh).flatMap(([namespace, tree]) => [...entries(tree).keys()].map((key) => `${namespace}:${key}`)));
  const views = join(WEB_DIR, 'views');
  const missing = readdirSync(views, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.hbs'))
    .flatMap((file) => [...readFileSync(join(views, file), 'utf8').matchAll(/[({]t '([\w-]+:[\w.-]+)'/g)].map((match) => `${file}: ${match[1]}`))
    .filter((use) => !known.has(use.split(': ')[1] ?? ''));
  expect(missing).toEqual([]);
});
