import { effectiveParameter, isInForce } from '@core/statutes';
import type { IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { PolicyKind } from '../domain/kinds';
import { rulePack } from '../domain/packs';
import type { ValidityRule } from '../domain/validity-limit';

/** The longest time in force for a kind of document of a department on a day, with what the city set and confirmed; null where its rules set none. */
export async function validityRule(tx: TenantTx, policy: { kind: PolicyKind; tenantId: string }, on: IsoDate): Promise<ValidityRule | null> {
  const [city] = await tx.query<{ rule_pack: string }>('SELECT rule_pack FROM city WHERE id = $1', [tx.cityId]);
  const { validity } = rulePack(city?.rule_pack ?? '').kinds[policy.kind];
  if (!validity || !isInForce(validity.parameter, on)) return null;
  const { value, source, mayBlock } = await effectiveParameter(tx, validity.parameter, on, policy.tenantId);
  return { parameter: validity.parameter, years: value.y, trialYears: value.trial_y, article: source.zh, blocks: mayBlock };
}
