import { proposalFaults, type ValidityGround, type ValidityProposal } from './validity-case';

const articles = ['a1', 'a2', 'a3'].map((identity) => ({ identity, label: identity }));
const ground: ValidityGround = { today: '2026-03-02', effectiveFrom: '2026-01-01', effectiveTo: '2026-12-31', articles, repealed: new Set(), evaluated: true };
const extend: ValidityProposal = { kind: 'extend', reason: '仍有必要', newTo: '2028-12-31', clauses: [], effectOn: null };
const repeal: ValidityProposal = { kind: 'partial_repeal', reason: '上位法已修改', newTo: null, clauses: ['a2'], effectOn: '2026-03-02' };
const faults = (proposal: ValidityProposal, more: Partial<ValidityGround> = {}): string[] => proposalFaults(proposal, { ...ground, ...more }).map(({ field, key }) => `${field} ${key.split('.')[1]}`);

it('takes a sound extension, and no other', () => {
  expect(faults(extend)).toEqual([]);
  expect(faults(extend, { today: '2026-12-31' })).toEqual([]);
  expect(faults({ ...extend, newTo: '2026-12-31' })).toEqual(['newTo notLater']);
  expect(faults({ ...extend, newTo: '2028-02-30' })).toEqual(['newTo dayNeeded']);
  expect(faults({ ...extend, newTo: null, reason: ' ' })).toEqual(['caseReason reasonNeeded', 'newTo dayNeeded']);
  expect(faults(extend, { today: '2027-01-01' })).toEqual(['newTo lapsed']);
  expect(faults(extend, { effectiveTo: null })).toEqual(['newTo noEnd']);
  expect(faults(extend, { evaluated: false })).toEqual(['newTo notEvaluated']);
});

it('takes a partial repeal of what is there and holds, and leaves something', () => {
  expect(faults(repeal)).toEqual([]);
  expect(faults({ ...repeal, clauses: [] })).toEqual(['clauses clausesNeeded']);
  expect(faults({ ...repeal, clauses: ['a9'] })).toEqual(['clauses clauseGone']);
  expect(faults(repeal, { repealed: new Set(['a2']) })).toEqual(['clauses clauseGone']);
  expect(faults({ ...repeal, clauses: ['a1', 'a2', 'a3'] })).toEqual(['clauses allClauses']);
  expect(faults({ ...repeal, clauses: ['a1', 'a2'] }, { repealed: new Set(['a3']) })).toEqual(['clauses allClauses']);
  expect(faults({ ...repeal, effectOn: '2026-03-01' })).toEqual(['effectOn inPast']);
  expect(faults({ ...repeal, effectOn: '2027-01-01' })).toEqual(['effectOn notInForce']);
  expect(faults({ ...repeal, effectOn: null })).toEqual(['effectOn dayNeeded']);
});
