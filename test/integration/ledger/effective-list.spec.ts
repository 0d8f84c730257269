import { type PolicyState, type ValidityFacts, validityOn } from '@core/policy';
import { effectiveExport, effectiveList } from '@domains/ledger';
import { chinaDate, newId, systemActor } from '@platform/kernel';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import fc from 'fast-check';
import { openSmallCity, type SmallCity } from '../../support/small-city';

interface Fact extends ValidityFacts {
  id: string;
  publishedAt: Date | null;
}

const FIRST = Date.parse('2026-01-01T00:00:00Z');
const DAYS = 40;
const day = (n: number): string => new Date(FIRST + n * 86_400_000).toISOString().slice(0, 10);
const anyDay = fc.nat(DAYS).map(day);

/** Policies whose instants fall around midnight, where a day in Shanghai is another day in UTC. */
const fact: fc.Arbitrary<Fact> = fc.record({
  state: fc.constantFrom<PolicyState>('published', 'published', 'superseded', 'expired', 'abolished', 'approved', 'withdrawn'),
  publishedDay: fc.nat(DAYS),
  hour: fc.constantFrom('00:00:00.000', '15:59:59.999', '16:00:00.000', '23:59:59.999'),
  from: fc.nat(DAYS),
  length: fc.option(fc.nat(20)),
  endedOn: fc.option(anyDay),
}).map(({ state, publishedDay, hour, from, length, endedOn }) => ({
  id: newId(), state, endedOn, effectiveFrom: day(from), effectiveTo: length === null ? null : day(from + length),
  publishedAt: state === 'approved' || state === 'withdrawn' ? null : new Date(`${day(publishedDay)}T${hour}Z`),
}));

/** What the list must be, said as simply as can be. */
const oracle = (facts: readonly Fact[], on: string): string[] => facts
  .filter((one) => one.publishedAt !== null && chinaDate(one.publishedAt) <= on && validityOn(one, on) === 'in_force')
  .sort((a, b) => b.publishedAt!.getTime() - a.publishedAt!.getTime() || (a.id < b.id ? 1 : -1))
  .map((one) => one.id);

describe('the effective list of any day', () => {
  let city: SmallCity;
  let code = 990_200;

  beforeAll(async () => { city = await openSmallCity(); });
  afterAll(() => city.close());

  async function newCity(facts: readonly Fact[]): Promise<string> {
    code += 1;
    const cityId = String(code);
    await city.app.get(UnitOfWork).run(systemActor(cityId), async (tx) => {
      const [tenantId, person] = [newId(), newId()];
      await tx.query(`INSERT INTO city (id, name, name_en, rule_pack) VALUES ($1, '市', 'City', 'CN')`, [cityId]);
      await tx.query(`INSERT INTO department (city_id, id, name, name_en, short_name, document_code) VALUES ($1, $2, '局', 'D', '局', '局规')`, [cityId, tenantId]);
      await tx.query(`INSERT INTO account (city_id, id, login, kind, display_name) VALUES ($1, $2, 'p', 'staff', '某人')`, [cityId, person]);
      for (const one of facts) {
        await tx.query(
          `INSERT INTO policy (city_id, id, tenant_id, kind, title, state, responsible_id, created_at, public_since, published_at, document_number, effective_from, effective_to, ended_on)
           VALUES ($1, $2, $3, 'normative_document', '办法', $4, $5, $6, $6, $7, '局规〔2026〕1号', $8, $9, $10)`,
          [cityId, one.id, tenantId, one.state, person, tx.at, one.publishedAt, one.effectiveFrom, one.effectiveTo, one.endedOn]);
      }
    });
    return cityId;
  }

  it('equals the naive reading of every policy, page by page', async () => {
    const reader = city.app.get(PublicReader);
    await fc.assert(fc.asyncProperty(fc.array(fact, { maxLength: 60 }), fc.array(anyDay, { minLength: 3, maxLength: 8 }), async (facts, days) => {
      const cityId = await newCity(facts);
      for (const on of days) {
        const expected = oracle(facts, on);
        const found: string[] = [];
        let after: string | undefined;
        do {
          const page = await effectiveList(reader, cityId, on, { after });
          expect(page.total).toBe(expected.length);
          expect(page.items.every((item) => item.validity === 'in_force')).toBe(true);
          expect(page.items.length <= 20 && (page.next === null || page.items.length === 20)).toBe(true);
          found.push(...page.items.map((item) => item.id));
          after = page.next ?? undefined;
        } while (after);
        expect(found).toEqual(expected);
        expect((await effectiveExport(reader, cityId, on)).map((item) => item.id)).toEqual(expected);
      }
    }), { numRuns: 25 });
  });

  it('refuses a day that is none', async () => {
    for (const on of ['2026-02-30', 'x', '']) await expect(effectiveList(city.app.get(PublicReader), city.cityId, on)).rejects.toThrow('ledger:error.badDay');
  });
});
