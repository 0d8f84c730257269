import fc from 'fast-check';
import { type Commitment, commitmentHash, replays, seedKey, select } from './draw';

/** The worked example of RFC 3797, section 6: sixteen picked from twenty-five. */
const RFC_SEED = '9319 / 2 5 12 8 10 / 9 18 26 34 41 45';
const RFC_MD5 = [
  '990DD0A5692A029A98B5E01AA28F3459', '3691E55CB63FCC37914430B2F70B5EC6', 'FE814EDF564C190AC1D25753979990FA', '1863CCACEB568C31D7DDBDF1D4E91387',
  'F4AB33DF4889F0AF29C513905BE1D758', '13EAEB529F61ACFB9A29D0BA3A60DE4A', '992DB77C382CA2BDB9727001F3CDCCD9', '63AB4258ECA922976811C7F55C383CE7',
  'DFBC5AC97CED01B3A6E348E3CC63F40D', '31CB111C4A4EBE9287CEAE16FE51B909', '07FA46C122F164C215BBC72793B189A3', 'AC52F8D75CCBE2E61AFEB3387637D501',
  '53306F73E14FC0B2FBF434218D25948E', 'B5D1403501A81F9A47318BE7893B347C', '85B10B356AA06663EF1B1B407765100A', '3269E6CE559ABD57E2BA6AAB495EB9BD',
];
const RFC_PICKED = [17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4];

const pool = (codes: readonly string[]): Commitment['pool'] => codes.map((code, index) => ({ no: index + 1, expertId: `id-${code}`, code, field: 'it' }));
const committed = (codes: readonly string[]): Commitment => ({
  algorithm: 'RFC 3797', callId: 'call', pool: pool(codes), recusals: [{ expertId: 'x', code: 'X-1', reason: 'employer' }], needed: 3,
  seedSource: '双色球第2026001期', seedAvailableAt: new Date('2026-03-02T13:15:00Z'),
});
const someCodes = fc.uniqueArray(fc.stringMatching(/^[A-Z]{2}-[0-9]{4}$/), { minLength: 4, maxLength: 40 });
const someSeed = fc.array(fc.array(fc.nat(60), { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 4 }).map((sources) => sources.map((values) => values.join(' ')).join(' / '));

describe('the draw of RFC 3797', () => {
  it('gives the key, every MD5 and every pick of the worked example', () => {
    expect(seedKey(RFC_SEED)).toBe('9319./2.5.8.10.12./9.18.26.34.41.45./');
    const picks = select(25, 16, seedKey(RFC_SEED)!);
    expect(picks.map(({ md5 }) => md5)).toEqual(RFC_MD5);
    expect(picks.map(({ no }) => no)).toEqual(RFC_PICKED);
    expect(picks.map(({ divisor }) => divisor)).toEqual(Array.from({ length: 16 }, (_, index) => 25 - index));
  });

  it('goes on in the same order however many are taken', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), someSeed, (size, seed) => {
      const whole = select(size, size, seedKey(seed)!);
      expect(whole.map(({ no }) => no).sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, index) => index + 1));
      const few = Math.ceil(size / 2);
      expect(select(size, few, seedKey(seed)!)).toEqual(whole.slice(0, few));
    }));
  });

  it('numbers steps above 255 with two bytes', () => {
    const picks = select(300, 300, '1./');
    expect(new Set(picks.map(({ md5 }) => md5)).size).toBe(300);
    expect(new Set(picks.map(({ no }) => no)).size).toBe(300);
  });

  it.each([['12.50 3 007', '3.7.12.5/'], ['0.10', '0.1/'], ['1,2，3\n4', '1.2.3./4./'], ['99999999999999999999 3', '3.99999999999999999999./']])('writes %p as %p', (seed, key) => {
    expect(seedKey(seed)).toBe(key);
  });

  it.each(['', ' / ', '12 abc', '-1', '1e5', '0x10'])('refuses the seed %p', (seed) => {
    expect(seedKey(seed)).toBeNull();
  });

  it('replays from what was published', () => {
    fc.assert(fc.property(someCodes, someSeed, (codes, seed) => {
      const commitment = committed(codes);
      const key = seedKey(seed)!;
      const published = { commitment: commitmentHash(commitment), seed, seedKey: key, selection: select(codes.length, codes.length, key) };
      expect(replays(commitment, published)).toBe(true);
      // As read from the database: another order of members, the same draw.
      expect(replays(JSON.parse(JSON.stringify(commitment), (name, value: unknown) => (name === 'seedAvailableAt' ? new Date(value as string) : value)) as Commitment, published)).toBe(true);
      expect(replays(commitment, { ...published, selection: [...published.selection].reverse() })).toBe(false);
      expect(replays({ ...commitment, pool: commitment.pool.slice(1) }, published)).toBe(false);
    }));
  });

  it('commits to the pool, its order, the recusals, the source and its hour', () => {
    fc.assert(fc.property(someCodes, fc.nat(), fc.nat(), (codes, a, b) => {
      const original = commitmentHash(committed(codes));
      const i = a % codes.length;
      const j = b % codes.length;
      const swapped = [...codes];
      [swapped[i], swapped[j]] = [swapped[j]!, swapped[i]!];
      expect(commitmentHash(committed(swapped)) === original).toBe(i === j);
      expect(commitmentHash(committed(codes.filter((_, index) => index !== i)))).not.toBe(original);
      const commitment = committed(codes);
      expect(commitmentHash({ ...commitment, recusals: [] })).not.toBe(original);
      expect(commitmentHash({ ...commitment, seedSource: '双色球第2026002期' })).not.toBe(original);
      expect(commitmentHash({ ...commitment, seedAvailableAt: new Date('2026-03-02T13:15:01Z') })).not.toBe(original);
      expect(commitmentHash({ ...commitment, needed: 4 })).not.toBe(original);
    }));
  });

  it('gives another order for another seed', () => {
    expect(select(25, 25, '1./').map(({ no }) => no)).not.toEqual(select(25, 25, '2./').map(({ no }) => no));
  });

  it.each([[0, 0], [3, 4], [65_536, 1], [2.5, 1]])('refuses a pool of %p with %p picks', (size, picks) => {
    expect(() => select(size, picks, '1./')).toThrow(RangeError);
  });
});
