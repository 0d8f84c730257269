import { DOCKETS, type ProcedureFacts } from '@core/policy';
import fc from 'fast-check';
import { SIGNERS } from './dockets';
import { judge } from './signatures';
import type { Signature, SignatureContext } from './signatures/signature';

const FACTS: ProcedureFacts = { affectsMarket: true, technical: false, publicRisk: false, issuer: 'department', emergency: false };
const CONTEXT: SignatureContext = {
  policyKind: 'major_decision', facts: FACTS, today: '2026-03-02', clauses: new Set(['a1']), seats: [], attachments: new Set(['risk_report']), pending: [], article: '第三十条',
};
const MEETING: Signature = {
  conclusion: 'adopted', opinion: '通过', meeting: 'bureau', heldOn: '2026-03-02', members: 9, present: 7, minutes: '纪要', votesFor: 7, votesAgainst: 0, votesAbstain: 0,
  headLast: true, partyReport: '已请示报告',
};
const FAIR: Signature = { conclusion: 'none', opinion: '无', heard: '三家企业', access: 'clear', flow: 'clear', cost: 'clear', conduct: 'clear' };
const EXCEPTION: Signature = { ...FAIR, conclusion: 'exception', cost: 'concern', purpose: 'technology', alternative: '没有', endsOn: '2027-01-01' };
const RISK: Signature = { conclusion: 'controllable', opinion: '可控', risks: '一处', heard: '两个部门' };

const fields = (kind: (typeof DOCKETS)[number], signature: Signature, context: Partial<SignatureContext> = {}): string[] =>
  judge(kind, signature, { ...CONTEXT, ...context }).faults.map(({ field }) => field);

it('gives each docket a role of its own, and the meeting to nobody outside', () => {
  const roles = DOCKETS.map((kind) => SIGNERS[kind].role);
  expect(new Set(roles).size).toBe(roles.length);
  expect(SIGNERS.collective_deliberation.capacity).toBeNull();
});

it('names an article with every fault, whatever is sent', () => {
  fc.assert(fc.property(fc.constantFrom(...DOCKETS), fc.string(), fc.string(), (kind, conclusion, opinion) => {
    for (const fault of judge(kind, { conclusion, opinion }, CONTEXT).faults) expect(fault.article).not.toBe('');
  }));
});

describe('a meeting', () => {
  it.each<[string, Partial<Signature>, string[]]>([
    ['stands when it is complete', {}, []],
    ['records its dissent', { votesFor: 6, votesAgainst: 1 }, ['dissent']],
    ['has minutes', { minutes: ' ' }, ['minutes']],
    ['heard its head last', { headLast: false }, ['headLast']],
    ['does not go against the majority without a reason', { votesFor: 3, votesAbstain: 4 }, ['majorityReason']],
    ['does not reject what the majority wants without a reason', { conclusion: 'rejected' }, ['majorityReason']],
    ['has no more votes than people', { votesFor: 8 }, ['votesFor']],
    ['has no more people than members', { present: 10 }, ['present']],
    ['was held already', { heldOn: '2026-03-03' }, ['heldOn']],
    ['is of the right kind', { meeting: 'executive' }, ['meeting']],
    ['asked the party committee', { partyReport: '' }, ['partyReport']],
    ['lists what must change in principle', { conclusion: 'adopted_in_principle' }, ['changes']],
  ])('%s', (_name, change, expected) => expect(fields('collective_deliberation', { ...MEETING, ...change })).toEqual(expected));

  it('never counts more votes than people present', () => {
    const n = fc.integer({ min: 0, max: 20 });
    fc.assert(fc.property(n, n, n, n, (present, votesFor, votesAgainst, votesAbstain) => {
      const faults = fields('collective_deliberation', { ...MEETING, members: 20, present, votesFor, votesAgainst, votesAbstain });
      if (votesFor + votesAgainst + votesAbstain > present) expect(faults).not.toEqual([]);
    }));
  });
});

describe('a fair-competition review', () => {
  it.each<[string, Signature, string[]]>([
    ['stands when all is answered', FAIR, []],
    ['hears those concerned', { ...FAIR, heard: '' }, ['heard']],
    ['answers each group of standards', { ...FAIR, flow: undefined }, ['flow']],
    ['does not pass over a concern', { ...FAIR, cost: 'concern' }, ['conclusion']],
    ['takes an exception with all three parts', EXCEPTION, []],
    ['needs a purpose', { ...EXCEPTION, purpose: 'growth' }, ['purpose']],
    ['needs the alternative weighed', { ...EXCEPTION, alternative: '' }, ['alternative']],
    ['needs an end', { ...EXCEPTION, endsOn: null }, ['endsOn']],
    ['needs an end that is to come', { ...EXCEPTION, endsOn: '2026-03-02' }, ['endsOn']],
    ['takes a condition for an end', { ...EXCEPTION, endsOn: null, termination: '产能达标' }, []],
  ])('%s', (_name, signature, expected) => expect(fields('fair_competition', signature)).toEqual(expected));
});

it('keeps a risk that is not under control from passing, and wants the report', () => {
  expect(judge('risk_assessment', RISK, CONTEXT)).toMatchObject({ outcome: 'passed', faults: [] });
  expect(judge('risk_assessment', { ...RISK, conclusion: 'uncontrollable', changes: '调整' }, CONTEXT)).toMatchObject({ outcome: 'returned', faults: [] });
  expect(fields('risk_assessment', { ...RISK, conclusion: 'with_measures' })).toEqual(['measures']);
  expect(fields('risk_assessment', RISK, { attachments: new Set() })).toEqual(['conclusion']);
});

it('concludes an argument when each expert without an interest has signed, and each reservation is handled', () => {
  const seat = (id: string, view: string | null, interest: 'none' | 'direct' = 'none') => ({ id, view, interest });
  const sign = (seats: SignatureContext['seats'], handling: { seatId: string; text: string }[] = []): string[] =>
    fields('expert_argument', { conclusion: 'feasible', opinion: '汇总', handling }, { seats });
  expect(sign([])).toEqual(['conclusion']);
  expect(sign([seat('1', null, 'direct')])).toEqual(['conclusion']);
  expect(sign([seat('1', 'feasible'), seat('2', null)])).toEqual(['conclusion']);
  expect(sign([seat('1', 'feasible'), seat('2', null, 'direct')])).toEqual([]);
  expect(sign([seat('1', 'conditional')])).toEqual(['handling-1']);
  expect(sign([seat('1', 'conditional')], [{ seatId: '1', text: '已采纳' }])).toEqual([]);
});

it('finds a text lawful only after the steps before, and names the clauses of this text alone', () => {
  const lawful: Signature = { conclusion: 'lawful', opinion: '合法' };
  expect(fields('legality', lawful)).toEqual([]);
  expect(fields('legality', lawful, { pending: ['expert_argument', 'fair_competition'] })).toEqual(['conclusion']);
  expect(fields('legality', { ...lawful, conclusion: 'amend' })).toEqual(['changes']);
  expect(fields('legality', { ...lawful, findings: [{ identity: 'zz', text: '?' }] })).toEqual(['findings-0']);
});
