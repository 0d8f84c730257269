import Handlebars from 'handlebars';
import { fixedClock } from '@platform/kernel';
import type { Params } from '../catalogue';
import type { Lang } from '../lang';
import { localisedHelpers } from './localised';
import { logicHelpers, ratio, typedAt } from './logic';
import { markupHelpers, paragraphs } from './markup';

const hb = Handlebars.create();
const texts = (lang: Lang, key: string, params?: Params): string => `${lang}|${key}|${JSON.stringify(params ?? {})}`;
hb.registerHelper({
  ...logicHelpers,
  ...localisedHelpers(texts, fixedClock('2026-03-01T02:00:00Z')),
  ...markupHelpers(hb, '/nowhere', new Set(['check'])),
});
hb.registerPartial('box', hb.compile('<b>{{title}}</b>{{{body}}}'));

const render = (source: string, data: object = {}, lang: Lang = 'zh'): string =>
  hb.compile(source, { explicitPartialContext: true })(data, { data: { lang } });

describe('logic', () => {
  it.each([
    ["{{#if (eq a 'x')}}yes{{/if}}", { a: 'x' }, 'yes'],
    ["{{#if (eq a 'x')}}yes{{/if}}", { a: 'y' }, ''],
    ['{{#if (and a b)}}yes{{else}}no{{/if}}', { a: 1, b: [] }, 'no'],
    ['{{#if (or a b)}}yes{{else}}no{{/if}}', { a: 0, b: 'b' }, 'yes'],
    ['{{#if (not a)}}yes{{else}}no{{/if}}', { a: [] }, 'yes'],
    ['{{#if (gt a 2)}}yes{{else}}no{{/if}}', { a: 3 }, 'yes'],
    ["{{concat 'a' b 'c'}}", { b: 2 }, 'a2c'],
    ["{{default a 'b'}}", { a: '' }, 'b'],
    ["{{default a 'b'}}", { a: 0 }, '0'],
    ['{{length a}}', { a: [1, 2] }, '2'],
    ["{{maxOf a 'v'}}", { a: [{ v: 2 }, { v: 7 }] }, '7'],
    ["{{urlencode a}}", { a: '/a?b=政' }, '%2Fa%3Fb%3D%E6%94%BF'],
    ["{{#if (under a '/policies')}}yes{{else}}no{{/if}}", { a: '/policies/7' }, 'yes'],
    ["{{#if (under a '/policies')}}yes{{else}}no{{/if}}", { a: '/policies-old' }, 'no'],
  ])('%s with %j is %j', (source, data, expected) => {
    expect(render(source, data)).toBe(expected);
  });

  it('writes JSON that an attribute can hold', () => {
    const html = render('<i data-x="{{json a}}"></i>', { a: { b: '"><script>' } });
    expect(html).not.toContain('<script>');
    expect(html).not.toMatch(/data-x="[^"]*"[^>]*"/);
  });

  it('keeps a bar between nothing and the whole', () => {
    expect([ratio(1, 4, 100), ratio(9, 4, 100), ratio(0, 0, 100), ratio(-1, 4, 100), ratio(1, 3, 100)]).toEqual([25, 100, 0, 0, 33.3]);
  });

  it('finds what was typed into one of several fields of a name', () => {
    expect([typedAt('word', 0), typedAt('word', 1), typedAt(['a', 'b'], 1), typedAt(undefined, 0)]).toEqual(['word', undefined, 'b', undefined]);
    expect([typedAt(['a', 'b'], 'y', ['x', 'y']), typedAt('a', 'x', 'x'), typedAt('a', 'y', 'x')]).toEqual(['b', 'a', undefined]);
  });
});

describe('language', () => {
  it('passes parameters and language to the catalogue', () => {
    expect(render("{{{t 'a:b' n=3}}}", {}, 'en')).toBe('en|a:b|{"n":3}');
    expect(render("{{{tWith 'a:b' p}}}", { p: { n: 3 } })).toBe('zh|a:b|{"n":3}');
    expect(render("{{{lookupLabel 'a:b' v}}}", { v: 'c' })).toBe('zh|a:b.c|{}');
    expect(render("{{{lookupLabel 'a:b' v}}}", {})).toBe('');
  });

  it('counts days left, today and overdue', () => {
    expect(render('{{{daysLeft d}}}', { d: '2026-03-03' })).toBe('zh|common:deadline.left|{"count":2}');
    expect(render('{{{daysLeft d}}}', { d: '2026-03-01' })).toBe('zh|common:deadline.today|{}');
    expect(render('{{{daysLeft d}}}', { d: '2026-02-27' })).toBe('zh|common:deadline.overdue|{"count":2}');
  });

  it('formats in the language of the page and shows nothing for nothing', () => {
    expect(render('{{date d}}|{{datetime d}}|{{yuan m}}|{{number n}}', { d: '2026-03-01', m: 12_500_000, n: 1000 }, 'en')).toBe(
      '1 March 2026|1 March 2026|CNY 125,000|1,000',
    );
    expect(render('{{date d}}{{datetime d}}{{yuan m}}{{number n}}{{daysLeft d}}{{deadlineTone d}}')).toBe('');
    expect(render('{{yuan m}}', { m: 0 })).toBe('0元');
  });
});

describe('markup', () => {
  it('turns lines into paragraphs and escapes them', () => {
    expect(render('{{lines a}}', { a: '第一行\r\n\n <b>第二行' })).toBe('<p>第一行</p><p>&lt;b&gt;第二行</p>');
    expect(paragraphs('', (text) => text)).toBe('');
  });

  it('draws an icon from the sprite and refuses one that is not there', () => {
    expect(render("{{icon 'check'}}")).toContain('icons.svg#check');
    expect(() => render("{{icon 'rocket'}}")).toThrow('not in the sprite');
  });

  it('wraps a block in a component: the block keeps its own data, the component sees only its own', () => {
    expect(render("{{#wrap 'box' title=a}}{{b}}{{/wrap}}", { a: '<1>', b: '<2>', title: 'outer' })).toBe('<b>&lt;1&gt;</b>&lt;2&gt;');
    expect(() => render("{{#wrap 'nobox'}}{{/wrap}}")).toThrow('no component');
  });
});
