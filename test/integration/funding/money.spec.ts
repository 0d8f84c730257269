import { PayAward } from '@domains/funding';
import { newId } from '@platform/kernel';
import { Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set();
  // Connections are opened one after the other; a race needs them all open.
  await Promise.all(Array.from({ length: 20 }, () => stage.sql('SELECT pg_sleep(0.2)')));
});
afterAll(() => stage.close());

const outcomes = (results: PromiseSettledResult<unknown>[]) => {
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as { key?: string }).key ?? String(result.reason)] : []));
  return { paid: results.length - refused.length, refused: [...new Set(refused)] };
};
const state = async (callId: string) => {
  const [row] = await stage.sql<{ state: string; paid: number; sum: number; count: number }>(
    `SELECT c.state, c.paid_fen::float8 AS paid, coalesce(sum(p.amount_fen), 0)::float8 AS sum, count(p.id)::int AS count
     FROM funding_call c LEFT JOIN fund_payment p ON p.city_id = c.city_id AND p.call_id = c.id WHERE c.city_id = $1 AND c.id = $2 GROUP BY c.state, c.paid_fen`, [stage.city.id, callId]);
  return row!;
};

describe('money', () => {
  let one: Awaited<ReturnType<Stage['oneAward']>>;
  beforeAll(async () => {
    one = await stage.oneAward();
  });

  it('refuses who decided, who has no such role, and another department', async () => {
    const pay = (actor: Parameters<PayAward['run']>[0]) => stage.get(PayAward).run(actor, one.awardId, { instalment: 1, amountFen: 1, voucher: 'V' });
    await expect(pay(stage.manager)).rejects.toMatchObject({ problem: 'forbidden' });
    await expect(pay({ ...stage.head, roles: ['department_head', 'finance_officer'] })).rejects.toMatchObject({ key: 'funding:error.deciderPays', details: { article: expect.stringContaining('不相容岗位') } });
    await expect(pay(stage.city.departments[1].people.finance_officer)).rejects.toMatchObject({ problem: 'not_found' });
    expect((await state(one.callId)).count).toBe(0);
  });

  it('leaves nothing half where a payment dies after it was written', async () => {
    await expect(stage.test.unitOfWork.run(stage.finance, async (tx) => {
      await tx.query(
        `INSERT INTO fund_payment (city_id, id, tenant_id, award_id, call_id, enterprise_id, programme_id, instalment, amount_fen, voucher, paid_by, paid_at)
         SELECT city_id, $3, tenant_id, id, call_id, enterprise_id, programme_id, 1, 100, 'V', $4, $5 FROM fund_award WHERE city_id = $1 AND id = $2`,
        [stage.city.id, one.awardId, newId(), stage.finance.accountId, tx.at]);
      const [counted] = await tx.query<{ paid: number }>('SELECT paid_fen::float8 AS paid FROM funding_call WHERE city_id = $1 AND id = $2', [stage.city.id, one.callId]);
      expect(counted!.paid).toBe(100);
      throw new Error('the process dies here');
    })).rejects.toThrow('dies here');
    expect(await state(one.callId)).toMatchObject({ state: 'awarded', paid: 0, sum: 0, count: 0 });
  });

  it('pays an award once, of fifty at the same time', async () => {
    const pays = Array.from({ length: 50 }, () => stage.get(PayAward).run(stage.finance, one.awardId, { instalment: 1, amountFen: 50_000_000, voucher: 'V-1' }));
    expect(outcomes(await Promise.allSettled(pays))).toEqual({ paid: 1, refused: ['funding:error.alreadyPaid'] });
    expect(await state(one.callId)).toEqual({ state: 'settled', paid: 50_000_000, sum: 50_000_000, count: 1 });
  });

  it('refuses in the database what the application would let through', async () => {
    const insert = (amount: number, instalment: number) => stage.sql(
      `INSERT INTO fund_payment (city_id, id, tenant_id, award_id, call_id, enterprise_id, programme_id, instalment, amount_fen, voucher, paid_by, paid_at)
       SELECT city_id, $3, tenant_id, id, call_id, enterprise_id, programme_id, $4, $5, 'V', $6, $7 FROM fund_award WHERE city_id = $1 AND id = $2`,
      [stage.city.id, one.awardId, newId(), instalment, amount, stage.finance.accountId, stage.test.clock.now()], stage.finance);
    await expect(insert(1, 1)).rejects.toThrow('fund_payment_entitlement');
    await expect(insert(1, 2)).rejects.toThrow('fund_award_within_amount');
    await expect(insert(60_000_000, 2)).rejects.toThrow(/within_(budget|amount)/);
    const own = (sql: string) => stage.sql(sql, [stage.city.id, one.callId], stage.finance);
    await expect(own('UPDATE funding_call SET paid_fen = 0 WHERE city_id = $1 AND id = $2')).rejects.toThrow('follows from the payments');
    await expect(own('UPDATE funding_call SET budget_fen = budget_fen * 2 WHERE city_id = $1 AND id = $2')).rejects.toThrow('signed');
    await expect(own('UPDATE fund_award SET amount_fen = amount_fen * 2 WHERE city_id = $1 AND call_id = $2')).rejects.toThrow('signed');
    await expect(own('UPDATE fund_payment SET amount_fen = 1 WHERE city_id = $1 AND call_id = $2')).rejects.toThrow('permission denied');
  });
});

describe('the budget', () => {
  it('is never passed by fifty payments of different awards at the same time', async () => {
    stage.at('2026-03-02T10:00:00+08:00');
    const callId = await stage.openCall(10_000_000);
    const ids = await awardsBeyondTheBudget(callId, 50, 300_000);
    const pays = ids.map((id, index) => stage.get(PayAward).run(stage.finance, id, { instalment: 1, amountFen: 300_000, voucher: `V-${index}` }));
    expect(outcomes(await Promise.allSettled(pays))).toEqual({ paid: 33, refused: ['funding:error.overBudget'] });
    expect(await state(callId)).toMatchObject({ paid: 9_900_000, sum: 9_900_000, count: 33 });
  });

  it('is kept by the database alone where the application forgets to look', async () => {
    stage.at('2026-03-02T10:00:00+08:00');
    const callId = await stage.openCall(10_000_000);
    const ids = await awardsBeyondTheBudget(callId, 50, 300_000);
    const raw = ids.map((id) => stage.sql(
      `INSERT INTO fund_payment (city_id, id, tenant_id, award_id, call_id, enterprise_id, programme_id, instalment, amount_fen, voucher, paid_by, paid_at)
       SELECT city_id, $3, tenant_id, id, call_id, enterprise_id, programme_id, 1, amount_fen, 'V', $4, $5 FROM fund_award WHERE city_id = $1 AND id = $2`,
      [stage.city.id, id, newId(), stage.finance.accountId, stage.test.clock.now()], stage.finance));
    const results = await Promise.allSettled(raw);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(33);
    expect(results.flatMap((result) => (result.status === 'rejected' && !String(result.reason).includes('funding_call_within_budget') ? [String(result.reason)] : []))).toEqual([]);
    expect(await state(callId)).toMatchObject({ paid: 9_900_000, sum: 9_900_000, count: 33 });
  });

  /** Puts awards into the tables that together exceed the budget, which no decision would: payment itself must hold. */
  async function awardsBeyondTheBudget(callId: string, count: number, amountFen: number): Promise<string[]> {
    const { id: cityId } = stage.city;
    const tenantId = stage.department.id;
    return stage.test.unitOfWork.run({ ...stage.head, scope: 'system' }, async (tx) => {
      await tx.query(`UPDATE funding_call SET state = 'awarded' WHERE city_id = $1 AND id = $2`, [cityId, callId]);
      const ids: string[] = [];
      for (let n = 0; n < count; n += 1) {
        const [enterpriseId, applicationId, decisionId, awardId] = [newId(), newId(), newId(), newId()];
        await tx.query('INSERT INTO enterprise (city_id, id, credit_code, name) VALUES ($1, $2, $3, $4)', [cityId, enterpriseId, enterpriseId.replace(/-/g, '').slice(-18).toUpperCase(), `示例企业${n}`]);
        await tx.query(
          `INSERT INTO fund_application (city_id, id, tenant_id, call_id, enterprise_id, state, data, receipt, submitted_at, created_at) VALUES ($1, $2, $3, $4, $5, 'granted', '{"title":"示例"}', $6, $7, $7)`,
          [cityId, applicationId, tenantId, callId, enterpriseId, applicationId, tx.at]);
        await tx.query(
          `INSERT INTO fund_decision (city_id, id, tenant_id, call_id, application_id, enterprise_id, enterprise_name, project_title, granted, amount_fen, score, reason, decided_by, decided_at)
           VALUES ($1, $2, $3, $4, $5, $6, '示例', '示例', true, $7, 80, '示例', $8, $9)`,
          [cityId, decisionId, tenantId, callId, applicationId, enterpriseId, amountFen, stage.head.accountId, tx.at]);
        await tx.query(
          `INSERT INTO fund_award (city_id, id, tenant_id, call_id, programme_id, application_id, decision_id, enterprise_id, amount_fen, awarded_by, awarded_at)
           SELECT city_id, $3, tenant_id, id, programme_id, $4, $5, $6, $7, $8, $9 FROM funding_call WHERE city_id = $1 AND id = $2`,
          [cityId, callId, awardId, applicationId, decisionId, enterpriseId, amountFen, stage.head.accountId, tx.at]);
        ids.push(awardId);
      }
      return ids;
    });
  }
});
