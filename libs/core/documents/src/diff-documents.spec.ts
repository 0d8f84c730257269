import fc from 'fast-check';
import { carryIdentity, diffDocuments, diffText, parseText, type Provision, type TextRun } from './index';

const join = (runs: TextRun[], leave: TextRun['op']): string => runs.filter((run) => run.op !== leave).map((run) => run.text).join('');
const OLD = '第一条 为了促进信息产业发展，制定本办法。\n第二条 本办法适用于本市企业。\n第三条 对符合条件的企业给予最高50万元补助：\n（一）研发投入达到百分之五；\n（二）依法纳税。\n第四条 本办法由市工信局负责解释。';

/** Text of the new version made from the old one and the runs alone. */
function apply(old: Provision[], next: Provision[]): string[] {
  const texts = new Map(old.map((p) => [p.clauseId, p.text]));
  return diffDocuments(old, next).changes.filter((c) => c.next !== null).map((c) => {
    expect(join(c.runs, 'insert')).toBe(c.old ? texts.get(c.old.clauseId) : '');
    return join(c.runs, 'delete');
  });
}

describe('diffDocuments', () => {
  const diff = (next: string) => diffDocuments(parseText(OLD).provisions, parseText(next).provisions);
  const brief = (next: string): string[] => diff(next).changes.filter((c) => c.type !== 'same' || c.moved || c.renumbered)
    .map((c) => `${c.type}${c.moved ? ' moved' : ''} ${c.old?.clauseId ?? '-'}>${c.next?.clauseId ?? '-'}`);

  it('keeps the identity of clauses that an insertion renumbers', () => {
    const next = OLD.replace('第四条', '第五条').replace('第三条', '第四条').replace('第二条', '第二条 申报工作遵循公开、公平、公正原则。\n第三条').replace('50万元', '80万元');
    expect(brief(next)).toEqual([
      'added ->art_2', 'same art_2>art_3', 'changed art_3>art_4', 'same art_4>art_5',
    ]);
    expect(diff(next).counts).toEqual({ added: 1, removed: 0, changed: 1, moved: 0, renumbered: 3 });
    expect(diff(next).changes.find((c) => c.type === 'changed')?.runs).toEqual([
      { op: 'keep', text: '对符合条件的企业给予最高' }, { op: 'delete', text: '50' }, { op: 'insert', text: '80' }, { op: 'keep', text: '万元补助：' },
    ]);
  });

  it('tells removed and moved clauses', () => {
    expect(brief(OLD.replace('\n（二）依法纳税。', ''))).toEqual(['removed art_3__item_2>-']);
    expect(brief('第一条 为了促进信息产业发展，制定本办法。\n第二条 本办法由市工信局负责解释。\n第三条 本办法适用于本市企业。\n第四条 对符合条件的企业给予最高50万元补助：\n（一）研发投入达到百分之五；\n（二）依法纳税。'))
      .toEqual(['same moved art_4>art_2', 'same art_2>art_3', 'same art_3>art_4']);
  });

  it('does not call articles moved because chapters were put over them', () => {
    expect(diff(`第一章 总则\n${OLD}`).counts).toEqual({ added: 1, removed: 0, changed: 0, moved: 0, renumbered: 0 });
  });

  const clause = fc.array(fc.constantFrom('企业', '补助', '申报', '条件', '公示', '审核', '资金', '10', '20', '。', '，'), { minLength: 1, maxLength: 12 }).map((w) => w.join(''));
  const version = fc.array(fc.tuple(clause, fc.array(clause, { maxLength: 3 })), { maxLength: 12 }).map((articles) => parseText(
    articles.map(([text, items], at) => [`第${at + 1}条 ${text}`, ...items.map((item, i) => `（${'一二三'[i]}）${item}`)].join('\n')).join('\n')).provisions);

  it('applied to the old version gives the new one, and accounts for every clause once', () => {
    fc.assert(fc.property(version, version, (old, next) => {
      expect(apply(old, next)).toEqual(next.map((p) => p.text));
      const { changes } = diffDocuments(old, next);
      expect(changes.flatMap((c) => c.old?.clauseId ?? []).sort()).toEqual(old.map((p) => p.clauseId).sort());
      expect(changes.flatMap((c) => c.next?.clauseId ?? [])).toEqual(next.map((p) => p.clauseId));
    }), { numRuns: 300 });
  });

  it('compares 300 articles in a second', () => {
    const text = (salt: number): string => Array.from({ length: 300 }, (_, at) =>
      `第${at + 1}条 第${(at * 7919) % 1000}类企业申请第${(at * 31) % 97}项资金的，应当在${(at * salt) % 60}日内提交材料：\n（一）申请表${at * 13}；\n（二）${(at * 17) % 101}年度审计报告；\n（三）承诺书。`).join('\n');
    const parsing = performance.now();
    const old = parseText(text(3)).provisions;
    const parsed = performance.now() - parsing;
    const next = parseText(text(5)).provisions;
    const start = performance.now();
    diffDocuments(old, next);
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(parsed).toBeLessThan(200);
  });
});

describe('diffText', () => {
  const text = fc.array(fc.constantFrom('企', '业', '补', '10', 'a', '。', '😀', ' ', '\n'), { maxLength: 40 }).map((c) => c.join(''));

  it('gives back both texts', () => {
    fc.assert(fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), fc.oneof(text, fc.string({ unit: 'binary' })), (old, next) => {
      const runs = diffText(old, next);
      expect([join(runs, 'insert'), join(runs, 'delete')]).toEqual([old, next]);
    }), { numRuns: 1000 });
  });

  it('finds the shortest change', () => {
    expect(diffText('补助最高为五十万元人民币', '补助最高不超过五十万元')).toEqual([
      { op: 'keep', text: '补助最高' }, { op: 'delete', text: '为' }, { op: 'insert', text: '不超过' }, { op: 'keep', text: '五十万元' }, { op: 'delete', text: '人民币' },
    ]);
  });

  it('gives up in time on long texts that have nothing in common', () => {
    const start = performance.now();
    expect(diffText('甲乙'.repeat(3_000), '丙丁戊'.repeat(2_000))).toHaveLength(2);
    expect(diffText('甲'.repeat(50_000), '丙'.repeat(50_000))).toHaveLength(2);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('carryIdentity', () => {
  const minter = (): (() => string) => {
    let last = 0;
    return () => `id${(last += 1)}`;
  };

  it('follows a clause through renumbering and never gives a removed one back', () => {
    const mint = minter();
    const first = carryIdentity([], parseText(OLD).provisions, mint);
    const without = OLD.split('\n').filter((line) => !line.startsWith('第二条')).join('\n').replace('第三条', '第二条').replace('第四条', '第三条').replace('50万元', '80万元');
    const second = carryIdentity(first, parseText(without).provisions, mint);
    const identity = (list: typeof first, clauseId: string) => list.find((p) => p.clauseId === clauseId)?.identity;
    expect(identity(second, 'art_2')).toBe(identity(first, 'art_3'));
    expect(identity(second, 'art_2__item_1')).toBe(identity(first, 'art_3__item_1'));
    expect(identity(second, 'art_3')).toBe(identity(first, 'art_4'));
    const third = carryIdentity(second, parseText(`${without}\n第四条 完全不同的新内容在此规定。`).provisions, mint);
    expect(first.map((p) => p.identity)).not.toContain(identity(third, 'art_4'));
    expect(new Set(third.map((p) => p.identity)).size).toBe(third.length);
  });
});
