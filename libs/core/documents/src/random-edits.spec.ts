import fc from 'fast-check';
import { carryIdentity, diffDocuments, parseText, type IdentifiedProvision } from './index';

/** A clause of the generated policy. `id` is what the history of edits knows it by; it never stands in the text. */
interface Item { id: number; words: string[] }
interface Article extends Item { items: Item[] }
interface Chapter { id: number; name: string; articles: Article[] }
interface Policy { chapters: Chapter[]; minted: number }

const SUBJECTS = ['企业', '项目单位', '申请人', '主管部门', '财政部门', '评审专家', '行业协会', '园区管理机构', '金融机构', '科研机构'];
const VERBS = ['应当提交', '可以申请', '负责审核', '组织评估', '及时公开', '依法保存', '定期报告', '统筹安排', '严格执行', '协助核实'];
const OBJECTS = ['研发费用补助', '申报材料清单', '资金使用报告', '绩效目标', '年度审计结论', '专家评审意见', '公示结果', '设备购置凭证', '信用承诺书', '能耗监测数据'];
const TAILS = ['并在二十个工作日内办结', '逾期视为放弃', '法律另有规定的除外', '并接受社会监督', '具体标准另行制定', '不得重复享受', '由市级财政负担', '每年调整一次', '所需经费列入预算', '结果作为下一年度依据'];
const ORDINALS = '一二三四五六七八九十';
const han = (n: number): string => (n <= 10 ? ORDINALS[n - 1] ?? '' : n < 20 ? `十${ORDINALS[n - 11]}` : `${ORDINALS[Math.floor(n / 10) - 1]}十${n % 10 ? ORDINALS[(n % 10) - 1] : ''}`);

const sentence = fc.tuple(...[SUBJECTS, VERBS, OBJECTS, TAILS].map((list) => fc.constantFrom(...list)), fc.integer({ min: 2, max: 999 }))
  .map(([subject, verb, object, tail, amount]) => [subject as string, verb as string, `第${String(amount)}号`, object as string, '，', tail as string, '，', `限额${String(amount)}万元`]);

const shape = fc.array(fc.array(fc.tuple(sentence, fc.array(sentence, { maxLength: 3 })), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });

type Edit =
  | { do: 'reword' | 'delete' | 'move'; at: number; to: number; word: string }
  | { do: 'insert'; at: number; words: string[] }
  | { do: 'addItem' | 'dropItem' | 'swapItems'; at: number; words: string[] }
  | { do: 'moveChapter'; at: number; to: number };

const place = fc.nat(99);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ do: fc.constantFrom('reword' as const, 'delete' as const, 'move' as const), at: place, to: place, word: fc.constantFrom('市级', '区级', '每半年', '五个工作日', '书面') }),
  fc.record({ do: fc.constant('insert' as const), at: place, words: sentence }),
  fc.record({ do: fc.constantFrom('addItem' as const, 'dropItem' as const, 'swapItems' as const), at: place, words: sentence }),
  fc.record({ do: fc.constant('moveChapter' as const), at: place, to: place }),
);

function build(chapters: [string[], string[][]][][]): Policy {
  let minted = 0;
  const item = (words: string[]): Item => ({ id: (minted += 1), words });
  return {
    chapters: chapters.map((articles, at) => ({ id: (minted += 1), name: `${['总则', '支持政策', '申报程序', '监督管理'][at] ?? '附则'}`, articles: articles.map(([words, items]) => ({ ...item(words), items: items.map(item) })) })),
    get minted() { return minted; },
    set minted(value) { minted = value; },
  };
}

/** Rewords: ids whose words were changed since the start. */
function apply(policy: Policy, edits: readonly Edit[]): { policy: Policy; reworded: Set<number> } {
  const next = structuredClone({ chapters: policy.chapters, minted: policy.minted });
  const reworded = new Set<number>();
  const article = (at: number): [Chapter, number, Article] | null => {
    const all = next.chapters.flatMap((chapter) => chapter.articles.map((one, index) => [chapter, index, one] as [Chapter, number, Article]));
    return all.length === 0 ? null : (all[at % all.length] ?? null);
  };
  const fresh = (words: string[]): Item => ({ id: (next.minted += 1), words });
  for (const step of edits) {
    if (step.do === 'moveChapter') {
      const [chapter] = next.chapters.splice(step.at % next.chapters.length, 1);
      if (chapter) next.chapters.splice(step.to % (next.chapters.length + 1), 0, chapter);
      continue;
    }
    const found = article(step.at);
    if (!found) continue;
    const [chapter, index, one] = found;
    if (step.do === 'reword') {
      one.words.splice(1, 0, step.word);
      reworded.add(one.id);
    } else if (step.do === 'delete') {
      if (chapter.articles.length > 1) chapter.articles.splice(index, 1);
    } else if (step.do === 'insert') chapter.articles.splice(index, 0, { ...fresh(step.words), items: [] });
    else if (step.do === 'move') {
      if (chapter.articles.length < 2) continue;
      chapter.articles.splice(index, 1);
      const target = next.chapters[step.to % next.chapters.length];
      target?.articles.splice(step.to % (target.articles.length + 1), 0, one);
    } else if (step.do === 'addItem') one.items.push(fresh(step.words));
    else if (step.do === 'dropItem') one.items.pop();
    else one.items.reverse();
  }
  return { policy: next, reworded };
}

/** The text, and the ids of its clauses in reading order. */
function write({ chapters }: Policy): { text: string; ids: number[] } {
  const lines: string[] = [];
  const ids: number[] = [];
  let no = 0;
  chapters.forEach((chapter, at) => {
    lines.push(`第${han(at + 1)}章　${chapter.name}`);
    ids.push(chapter.id);
    for (const article of chapter.articles) {
      no += 1;
      lines.push(`第${han(no)}条　${article.words.join('')}${article.items.length > 0 ? '：' : '。'}`, ...article.items.map((item, i) => `（${han(i + 1)}）${item.words.join('')}；`));
      ids.push(article.id, ...article.items.map((item) => item.id));
    }
  });
  return { text: lines.join('\n'), ids };
}

const minter = (): (() => string) => { let last = 0; return () => `id${(last += 1)}`; };

/** Ids that several clauses of one version share their very words with: which of them is which nobody can tell. */
function twins({ chapters }: Policy): Set<number> {
  const all = chapters.flatMap((c) => c.articles.flatMap((a) => [a as Item, ...a.items]));
  const byWords = new Map<string, number[]>();
  for (const { id, words } of all) byWords.set(words.join(''), [...(byWords.get(words.join('')) ?? []), id]);
  return new Set([...byWords.values()].filter((ids) => ids.length > 1).flat());
}

describe('over random edits, against the history that is known', () => {
  const rates = { kept: [0, 0], reworded: [0, 0] };
  afterAll(() => console.log(`clauses followed: ${rates.kept[0]} of ${rates.kept[1]} unchanged, ${rates.reworded[0]} of ${rates.reworded[1]} reworded`));

  it('keeps the identity of every clause through three versions, gives none twice and brings none back', () => {
    fc.assert(fc.property(shape, fc.array(edit, { minLength: 1, maxLength: 8 }), fc.array(edit, { minLength: 1, maxLength: 8 }), (chapters, firstEdits, secondEdits) => {
      const mint = minter();
      const first = build(chapters);
      const second = apply(first, firstEdits);
      const third = apply(second.policy, secondEdits);
      const unsure = new Set([first, second.policy, third.policy].flatMap((policy) => [...twins(policy)]));
      let old: IdentifiedProvision[] = [];
      const identityOf = new Map<number, string>();
      const given = new Set<string>();
      for (const [policy, reworded] of [[first, new Set<number>()], [second.policy, second.reworded], [third.policy, third.reworded]] as const) {
        const { text, ids } = write(policy);
        const { provisions } = parseText(text);
        expect(provisions).toHaveLength(ids.length);
        const next = carryIdentity(old, provisions, mint);
        expect(new Set(next.map(({ identity }) => identity)).size).toBe(next.length);
        const before = new Set(old.map(({ identity }) => identity));
        for (const [at, id] of ids.entries()) {
          const identity = next[at]?.identity ?? '';
          const known = identityOf.get(id);
          // An identity that is not new comes from the version just before: a removed clause's never comes back.
          if (given.has(identity)) expect(before.has(identity)).toBe(true);
          if (known !== undefined && !unsure.has(id)) {
            const rate = reworded.has(id) ? rates.reworded : rates.kept;
            rate[1] = (rate[1] ?? 0) + 1;
            if (identity === known) rate[0] = (rate[0] ?? 0) + 1;
            else if (!reworded.has(id)) throw new Error(`clause ${id} lost its identity\n${text}`);
          }
        }
        identityOf.clear();
        ids.forEach((id, at) => identityOf.set(id, next[at]?.identity ?? ''));
        next.forEach(({ identity }) => given.add(identity));
        old = next;
      }
    }), { numRuns: 400 });
    expect((rates.reworded[0] ?? 0) / (rates.reworded[1] ?? 1)).toBeGreaterThan(0.98);
  });

  it('makes the new text, in its order, out of the old one and the changes', () => {
    fc.assert(fc.property(shape, fc.array(edit, { maxLength: 12 }), (chapters, edits) => {
      const first = build(chapters);
      const [old, next] = [parseText(write(first).text).provisions, parseText(write(apply(first, edits).policy).text).provisions];
      const texts = new Map(old.map((provision) => [provision.clauseId, provision.text]));
      const { changes } = diffDocuments(old, next);
      const made = changes.filter((change) => change.next).map(({ old: from, runs }) => {
        const side = (leave: string): string => runs.filter(({ op }) => op !== leave).map(({ text }) => text).join('');
        expect(side('insert')).toBe(from ? texts.get(from.clauseId) : '');
        return side('delete');
      });
      expect(made).toEqual(next.map(({ text }) => text));
      expect(changes.flatMap((change) => change.old?.clauseId ?? []).sort()).toEqual([...texts.keys()].sort());
    }), { numRuns: 400 });
  });

  it('calls a pure move a move, and a pure renumbering no change of words', () => {
    fc.assert(fc.property(shape, place, place, sentence, (chapters, at, to, words) => {
      const first = build(chapters);
      fc.pre(twins(first).size === 0);
      const old = parseText(write(first).text).provisions;
      const against = (policy: Policy) => diffDocuments(old, parseText(write(policy).text).provisions).counts;
      const inserted = apply(first, [{ do: 'insert', at, words }]).policy;
      fc.pre(twins(inserted).size === 0);
      expect(against(inserted)).toMatchObject({ added: 1, removed: 0, changed: 0, moved: 0 });
      const moved = against(apply(first, [{ do: 'move', at, to, word: '' }]).policy);
      expect([moved.added, moved.removed, moved.changed]).toEqual([0, 0, 0]);
      expect(moved.moved).toBeLessThanOrEqual(1);
    }), { numRuns: 300 });
  });
});
