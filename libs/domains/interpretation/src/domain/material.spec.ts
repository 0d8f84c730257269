import { DomainError } from '@platform/kernel';
import fc from 'fast-check';
import { assertClausesExist, isStale, MATERIAL_KINDS, readiness } from './material';

const material = fc.record({
  kind: fc.constantFrom(...MATERIAL_KINDS),
  title: fc.string({ minLength: 1 }),
  state: fc.constantFrom('draft' as const, 'approved' as const),
  approvedFor: fc.constantFrom('old', 'new'),
}).map(({ approvedFor, ...rest }) => ({ ...rest, textHash: rest.state === 'draft' ? null : approvedFor }));

describe('readiness', () => {
  it('is reached exactly when each kind has an approval for this text and no approval is for another', () => {
    fc.assert(fc.property(fc.array(material, { maxLength: 8 }), (materials) => {
      const { missing, stale } = readiness(materials, 'new');
      const approved = materials.filter((one) => one.state === 'approved');
      const ready = approved.every((one) => one.textHash === 'new') && ['text', 'picture'].every((kind) => approved.some((one) => one.kind === kind));
      expect(missing.length === 0 && stale.length === 0).toBe(ready);
    }));
  });

  it('takes nothing as ready where no text was handed in', () => {
    expect(readiness([{ kind: 'text', title: 'a', state: 'approved', textHash: 'x' }], null)).toEqual({ missing: ['text', 'picture'], stale: ['a'] });
  });
});

describe('isStale', () => {
  it('never holds for a draft or for what went out', () => {
    expect(isStale({ state: 'draft', textHash: null }, 'new')).toBe(false);
    expect(isStale({ state: 'released', textHash: 'old' }, 'new')).toBe(false);
    expect(isStale({ state: 'approved', textHash: 'old' }, 'new')).toBe(true);
  });
});

describe('assertClausesExist', () => {
  it('asks for at least one clause, and for clauses that the text has', () => {
    expect(() => assertClausesExist(['a'], new Set(['a', 'b']))).not.toThrow();
    expect(() => assertClausesExist([], new Set(['a']))).toThrow(DomainError);
    expect(() => assertClausesExist(['a', 'c'], new Set(['a', 'b']))).toThrow('interpretation:error.clauseUnknown');
  });
});
