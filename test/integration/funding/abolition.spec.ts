import { PayAward } from '@domains/funding';
import { LifeCycle } from '@core/policy';
import { verifyCity } from '@platform/audit';
import { systemActor } from '@platform/kernel';
import { Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set();
});
afterAll(() => stage.close());

describe('abolition', () => {
  it('holds the abolition of the policy until everything is paid, and leaves a whole chain behind', async () => {
    const unmet = () => stage.test.unitOfWork.run(stage.head, async (tx) => {
      const [policy] = await tx.query<{ id: string }>('SELECT id FROM policy WHERE city_id = $1 AND id = $2', [stage.city.id, stage.policyId]);
      return (await stage.get(LifeCycle).unmetGates(tx, policy as never, 'abolish')).filter(({ gate }) => gate === 'funding.settled');
    });
    expect(await unmet()).toEqual([]);
    const { awardId } = await stage.oneAward();
    expect(await unmet()).toMatchObject([{ key: 'funding:gate.unsettled', params: { count: 1 } }]);
    await expect(stage.test.unitOfWork.run(stage.head, (tx) => stage.get(LifeCycle).advance(tx, stage.policyId, 'abolish'))).rejects.toMatchObject({ key: 'policy:error.gatesUnmet' });
    await stage.get(PayAward).run(stage.finance, awardId, { instalment: 1, amountFen: 20_000_000, voucher: 'V-1' });
    expect(await unmet()).toHaveLength(1);
    await expect(stage.get(PayAward).run(stage.finance, awardId, { instalment: 2, amountFen: 30_000_001, voucher: 'V-2' })).rejects.toMatchObject({ key: 'funding:error.overAward' });
    await stage.get(PayAward).run(stage.finance, awardId, { instalment: 2, amountFen: 30_000_000, voucher: 'V-2' });
    expect(await unmet()).toEqual([]);
    const verdict = await stage.test.unitOfWork.run(systemActor(stage.city.id), verifyCity);
    expect(verdict.firstFault).toBeNull();
    expect(verdict.events).toBe(2);
  });
});
