import { choosePair } from './compare-pair';

const versions = [{ id: 'c' }, { id: 'b' }, { id: 'a' }];
const ids = (pair: ReturnType<typeof choosePair>): string | null => pair && `${pair.from.id}→${pair.to.id}`;

it('takes the newest and the one before it, and fills in what is not named', () => {
  expect(ids(choosePair(versions))).toBe('b→c');
  expect(ids(choosePair(versions, undefined, 'b'))).toBe('a→b');
  expect(ids(choosePair(versions, undefined, 'a'))).toBe('c→a');
  expect(ids(choosePair(versions, 'a'))).toBe('a→c');
  expect(ids(choosePair(versions, 'c'))).toBe('c→b');
  expect(ids(choosePair(versions, 'c', 'a'))).toBe('c→a');
  expect(choosePair([{ id: 'a' }])).toBeNull();
  expect(choosePair([])).toBeNull();
});

it('refuses a version that is not of the list, and one against itself', () => {
  expect(() => choosePair(versions, 'x')).toThrow(expect.objectContaining({ problem: 'not_found' }));
  expect(() => choosePair(versions, 'a', 'a')).toThrow(expect.objectContaining({ problem: 'invalid' }));
});
