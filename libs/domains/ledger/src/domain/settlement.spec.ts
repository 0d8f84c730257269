import type { Dependent } from '@core/policy';
import { drawUpNotice, noticeCode } from './notice';
import { canReplace, type Preparation, preparationFaults } from './preparation';
import { type CaseFacts, opinionsUnstated, type Settlement, unreviewed, unsettled } from './settlement';

const call: Dependent = { kind: 'funding.call', id: 'c1', title: '技改资金', stateKey: 's', href: '/', role: 'fund_manager', people: 2, fundsFen: 100, ways: ['close', 'run_off'], article: '第三十一条' };
const settled = (changes: Partial<Settlement> = {}): Settlement => ({ kind: 'funding.call', itemId: 'c1', no: 1, title: '技改资金', way: 'close', reason: '停止受理', people: 2, fundsFen: 100, settledBy: '甲', settledAt: new Date(0), ...changes });
const facts = (changes: Partial<CaseFacts> = {}): CaseFacts => ({
  policy: { kind: 'normative_document', affectsMarket: true }, matter: { opinions: 'asked', opinionsGround: null, replacedBy: null, reviewOutcome: 'passed' },
  dependents: { items: [], people: 0, fundsFen: 0 }, settled: [], reviewArticle: '国办发〔2018〕115号', ...changes,
});

describe('what a case lacks', () => {
  it('is every thing without a settlement that is still open to it, each with its article', () => {
    const items = [call, { ...call, id: 'c2', title: '设备资金' }];
    const dependents = { items, people: 2, fundsFen: 200 };
    expect(unsettled(facts({ dependents, settled: [settled()] }))).toEqual([{ gate: 'ledger.dependents_settled', key: 'abolition:gate.unsettled.funding.call', params: { title: '设备资金' }, article: '第三十一条' }]);
    expect(unsettled(facts({ dependents, settled: [settled({ way: 'pay_out' }), settled({ itemId: 'c2', kind: 'funding.payments' })] }))).toHaveLength(2);
    expect(unsettled(facts({ settled: [settled()] }))).toEqual([]);
  });

  it('is a word on the public, where a rule asks for it, that what hangs on the policy bears out', () => {
    const keys = (changes: Partial<CaseFacts['matter']>, more: Partial<CaseFacts> = {}) =>
      opinionsUnstated(facts({ ...more, matter: { opinions: 'not_asked', opinionsGround: 'superior_law', replacedBy: null, reviewOutcome: null, ...changes } })).map(({ key }) => key);
    expect(keys({})).toEqual([]);
    expect(keys({ opinions: null, opinionsGround: null })).toEqual(['abolition:gate.opinionsUnstated']);
    expect(keys({ opinionsGround: 'fulfilled' })).toEqual([]);
    expect(keys({ opinionsGround: 'fulfilled' }, { dependents: { items: [call], people: 2, fundsFen: 1 } })).toEqual(['abolition:gate.rightsConcerned']);
    expect([keys({ opinionsGround: 'replaced' }), keys({ opinionsGround: 'replaced', replacedBy: 'p2' })]).toEqual([['abolition:gate.replacementMissing'], []]);
    const unsaid = { opinions: null, opinionsGround: null } as const;
    expect(keys(unsaid, { policy: { kind: 'policy_document', affectsMarket: false } })).toEqual([]);
    expect(keys(unsaid, { policy: { kind: 'policy_document', affectsMarket: true } })).toHaveLength(1);
    expect(opinionsUnstated(facts({ policy: { kind: 'major_decision', affectsMarket: true }, matter: { ...facts().matter, opinions: null } }))[0]?.article).toContain('第三十七条');
  });

  it('is the review of legality, where the rule pack has one', () => {
    const matter = facts().matter;
    expect(unreviewed(facts())).toEqual([]);
    expect(unreviewed(facts({ matter: { ...matter, reviewOutcome: null } }))).toMatchObject([{ key: 'abolition:gate.unreviewed', article: '国办发〔2018〕115号' }]);
    expect(unreviewed(facts({ matter: { ...matter, reviewOutcome: 'returned' } }))).toMatchObject([{ key: 'abolition:gate.reviewReturned' }]);
    expect(unreviewed(facts({ reviewArticle: null, matter: { ...matter, reviewOutcome: null } }))).toEqual([]);
  });
});

describe('a preparation', () => {
  const whole: Preparation = { opinions: 'not_asked', consultationId: null, opinionsGround: 'superior_law', opinionsNote: '上位法已修改。', replacedBy: null, transition: '', effectOn: '2026-07-01' };
  const fields = (changes: Partial<Preparation>) => preparationFaults({ ...whole, ...changes }, '2026-06-01').map(({ field }) => field);

  it('says how the public was asked or why not, and from when', () => {
    expect(fields({})).toEqual([]);
    expect(fields({ opinions: null, effectOn: null })).toEqual(['opinions', 'proposedEffectOn']);
    expect(fields({ opinions: 'asked', opinionsNote: ' ' })).toEqual(['opinionsNote']);
    expect(fields({ opinions: 'asked', opinionsNote: '', consultationId: 'c' })).toEqual([]);
    expect(fields({ opinionsGround: null, opinionsNote: '' })).toEqual(['opinionsGround', 'opinionsNote']);
    expect(fields({ opinionsGround: 'replaced' })).toEqual(['replacedBy']);
    expect([fields({ effectOn: '2026-05-31' }), fields({ effectOn: '2026-06-31' }), fields({ effectOn: '2026-06-01' })]).toEqual([['proposedEffectOn'], ['proposedEffectOn'], []]);
  });

  it('names what holds on the day and is not the policy itself', () => {
    const other = { id: 'p2', state: 'published', effectiveFrom: '2026-07-01', effectiveTo: null };
    expect(canReplace('p1', other, '2026-07-01')).toBe(true);
    expect(canReplace('p2', other, '2026-07-01')).toBe(false);
    expect(canReplace('p1', other, '2026-06-30')).toBe(false);
    expect(canReplace('p1', { ...other, effectiveTo: '2026-06-30' }, '2026-07-01')).toBe(false);
    expect(canReplace('p1', { ...other, state: 'abolished' }, '2026-07-01')).toBe(false);
  });
});

describe('a notice', () => {
  it('is drawn up from what the case says, and leaves out what it does not', () => {
    const notice = { title: '技改办法', documentNumber: '滨工信规〔2024〕1号', effectOn: '2026-07-01', reason: '上位法已修改。', replacement: { title: '新办法', documentNumber: null }, transition: '已受理的申请继续办理' };
    expect(drawUpNotice(notice)).toBe('上位法已修改，现决定：《技改办法》（滨工信规〔2024〕1号）自2026年7月1日起废止。\n自同日起，有关事项按照《新办法》执行。\n已受理的申请继续办理。\n特此公告。');
    expect(drawUpNotice({ ...notice, reason: ' ', replacement: null, transition: '' })).toBe('现决定：《技改办法》（滨工信规〔2024〕1号）自2026年7月1日起废止。\n特此公告。');
    expect([noticeCode('滨工信规'), noticeCode('滨府')]).toEqual(['滨工信公告', '滨府公告']);
  });
});
