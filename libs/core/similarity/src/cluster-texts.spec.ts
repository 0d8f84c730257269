import fc from 'fast-check';
import { labelledSet } from '../../../../test/support/campaigns/labelled-set';
import { type Cluster, clusterTexts } from './cluster-texts';
import { pairThreshold } from './grouping';

const LETTER = '现行办法规定夜间停车一律按次收费，附近上夜班的工人负担很重。建议八点以后免费停放，并把机关大院的车位向居民开放。收上来的钱去了哪里也请公布。';
const OTHER = '小区门口的垃圾桶早上七点就满了，保洁员一天只来一次。希望增加清运次数，并在楼下设置厨余垃圾单独投放点，夏天气味实在太大。';
const of = (...texts: string[]) => texts.map((text, at) => ({ id: `t${at}`, text }));
const idsOf = ({ clusters }: { clusters: Cluster[] }): string[][] => clusters.map(({ ids }) => ids);

describe('clusterTexts', () => {
  it('puts copies, changed letters and letters with something of one’s own together, and leaves others alone', () => {
    const texts = of(
      LETTER, OTHER, `${LETTER.replace(/，/g, ',').replace('建议', '提议')}！`, `您好，我是开出租车的，干了十二年，从没见过这么贵的夜间停车。${LETTER}`, LETTER.slice(0, 48),
      '公交车末班太早，晚自习的孩子回不了家，建议延到十点。',
    );
    const result = clusterTexts(texts);
    expect(idsOf(result)).toEqual([['t0', 't2', 't3', 't4']]);
    const [cluster] = result.clusters;
    expect(cluster).toMatchObject({ wordings: 4, representative: { id: 't0' } });
    expect(cluster?.passages.join()).toContain('附近上夜班的工人负担很重');
    expect(cluster?.passages.join()).not.toContain('出租车');
    expect(result).toMatchObject({ threshold: 0.25, shingle: 3 });
  });

  it('works on any language', () => {
    const letter = 'Please keep the number seven bus running after ten, because night nurses have no other way to get home from the infirmary.';
    expect(idsOf(clusterTexts(of(letter, `Dear council, ${letter.replace('Please', 'Kindly')} My sister is one of them.`, 'The new benches in the park are too far from the playground for grandparents.')))).toEqual([['t0', 't1']]);
    const arabic = 'نرجو من المجلس إبقاء الحافلة الليلية لأن الممرضات لا يجدن وسيلة أخرى للعودة إلى بيوتهن';
    expect(idsOf(clusterTexts(of(arabic, `${arabic} وشكرا لكم`)))).toEqual([['t0', 't1']]);
  });

  it('takes short texts together only if their words are the same, and empty ones never', () => {
    expect(idsOf(clusterTexts(of('同意', '同意！', '不同意', '支持', '', '  ', '。', '。', '👍', '👍')))).toEqual([['t0', 't1'], ['t6', 't7'], ['t8', 't9']]);
  });

  it('does not chain unlike texts through those between them', () => {
    const words = Array.from({ length: 40 }, (_none, at) => String.fromCharCode(...Array.from({ length: 12 }, (_sign, i) => 0x4e00 + ((at * 12 + i) * 7_919) % 20_000)));
    const chain = of(...Array.from({ length: 30 }, (_none, at) => words.slice(at, at + 8).join('，')));
    const { clusters } = clusterTexts(chain);
    expect(clusters.length).toBeGreaterThan(2);
    for (const { ids } of clusters) expect(ids.length).toBeLessThan(20);
  });

  it('does not count what everybody may quote', () => {
    const clause = '路内停车泊位实行分区分时计费，核心区域首小时不超过六元，夜间时段由各区另行确定并向社会公布，收入全额上缴财政。';
    const texts = of(`${clause}我觉得太贵了，上班族吃不消。`, `${clause}完全赞成，早该这样管一管。`, `${clause}请问残疾人怎么办？`);
    expect(idsOf(clusterTexts(texts))).toEqual([['t0', 't1', 't2']]);
    expect(idsOf(clusterTexts(texts, { quotable: `第一条 ${clause}\n第二条 本办法自公布之日起施行。` }))).toEqual([]);
  });

  it('copes with one giant text and with marks that are never closed', () => {
    const giant = Array.from({ length: 30_000 }, (_none, at) => `「第${at}条意见“涉及${(at * 7919) % 1_000}号地块`).join('，');
    expect(giant.length).toBeGreaterThan(500_000);
    expect(idsOf(clusterTexts(of(giant, LETTER, `${giant}。`, `${giant}另外补充一句。`)))).toEqual([['t0', 't2', 't3']]);
  });

  it.each([[{ threshold: 0 }], [{ threshold: 1.1 }], [{ threshold: NaN }], [{ shingle: 0 }], [{ shingle: 2.5 }]])('refuses %p', (options) => {
    expect(() => clusterTexts(of(LETTER), options)).toThrow(RangeError);
  });
});

describe('whatever the texts', () => {
  const piece = fc.constantFrom('夜间停车', '收费太贵', '请公开', '把车位开放', '给居民', '上班族', '说了多年', '没有结果', '加装电梯', '一楼采光', 'the bus', 'at night', 'please', '同意', '！', ' ', '“', '”', '\ud800');
  const texts = fc.array(fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')), { maxLength: 30 }).map((list) => of(...list));
  const threshold = fc.constantFrom(0.05, 0.25, 0.5, 1);

  it('gives the same for every order of the lines', () => {
    fc.assert(fc.property(texts.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }))), threshold, ([list, shuffled], t) => {
      expect(clusterTexts(shuffled, { threshold: t })).toEqual(clusterTexts(list, { threshold: t }));
    }), { numRuns: 60 });
    const set = labelledSet({ seed: 5, size: 200, campaigns: 3, share: 0.5 });
    expect(clusterTexts([...set].reverse())).toEqual(clusterTexts(set));
  });

  it('puts a text in one cluster at most, with the similarity that it promises, and all of the same words together', () => {
    fc.assert(fc.property(texts, threshold, (list, t) => {
      const { clusters } = clusterTexts(list, { threshold: t });
      const all = clusters.flatMap(({ ids }) => ids);
      expect(new Set(all).size).toBe(all.length);
      for (const { ids, members, wordings, representative } of clusters) {
        expect(ids.length).toBeGreaterThan(1);
        expect(members.map(({ id }) => id)).toEqual(ids);
        expect(ids).toContain(representative.id);
        for (const { similarity } of members) expect(similarity).toBeGreaterThanOrEqual(wordings === 1 ? 1 : wordings === 2 ? pairThreshold(t) : t);
      }
      for (const { id, text } of list) {
        const same = list.filter((other) => other.text === text && text.trim() !== '');
        if (same.length > 1) expect(clusters.find(({ ids }) => ids.includes(id))?.ids).toEqual(expect.arrayContaining(same.map((other) => other.id)));
      }
    }), { numRuns: 60 });
  });

  it('finds a cluster again in its own texts', () => {
    const set = labelledSet({ seed: 6, size: 300, campaigns: 4, share: 0.5 });
    const byId = new Map(set.map((one) => [one.id, one]));
    for (const { ids } of clusterTexts(set).clusters) {
      const again = clusterTexts(ids.map((id) => byId.get(id) as { id: string; text: string })).clusters;
      expect(again[0]?.ids.length).toBeGreaterThanOrEqual(0.9 * ids.length);
    }
  });
});
