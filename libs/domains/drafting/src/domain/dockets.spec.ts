import { POLICY_KINDS } from '@core/policy';
import fc from 'fast-check';
import { docketArticle, reviewsBefore, type Signature, signatureFaults, SIGNERS } from './dockets';

it('asks a fair-competition review exactly where market players are touched, and a legality review always', () => {
  fc.assert(fc.property(fc.constantFrom(...POLICY_KINDS), fc.boolean(), (kind, affectsMarket) => {
    const reviews = reviewsBefore(kind, affectsMarket);
    expect(reviews).toContain('legality');
    expect(reviews.includes('fair_competition')).toBe(affectsMarket);
    expect(reviews).not.toContain('collective_deliberation');
    for (const review of reviews) expect(docketArticle(review, kind)).not.toBe('');
  }));
});

it('gives each docket a role of its own, and the meeting to nobody outside', () => {
  const roles = Object.values(SIGNERS).map((signer) => signer.role);
  expect(new Set(roles).size).toBe(roles.length);
  expect(SIGNERS.collective_deliberation.capacity).toBeNull();
});

const count = fc.integer({ min: 0, max: 999 });
const words = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');

it('lets a complete record of a meeting stand, and none with votes against and no dissent', () => {
  fc.assert(fc.property(words, words, count, count, count, words, (opinion, minutes, votesFor, votesAgainst, votesAbstain, dissent) => {
    const record: Signature = { outcome: 'passed', opinion, minutes, votesFor, votesAgainst, votesAbstain, dissent };
    expect(signatureFaults('collective_deliberation', record)).toEqual([]);
    const silent = signatureFaults('collective_deliberation', { ...record, dissent: ' ' });
    expect(silent.map((fault) => fault.field)).toEqual(votesAgainst > 0 ? ['dissent'] : []);
  }));
});

it('names each field that is missing, and no vote that is no count', () => {
  expect(signatureFaults('legality', { outcome: 'passed', opinion: ' ' }).map((fault) => fault.field)).toEqual(['opinion']);
  const faults = signatureFaults('collective_deliberation', { outcome: 'passed', opinion: '', votesFor: -1, votesAgainst: 1.5, votesAbstain: 1000 });
  expect(faults.map((fault) => fault.field)).toEqual(['opinion', 'minutes', 'votesFor', 'votesAgainst', 'votesAbstain', 'dissent']);
});
