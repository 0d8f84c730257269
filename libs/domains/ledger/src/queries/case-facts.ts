import { type DependentsRegistry, type PolicyRow, rulePack } from '@core/policy';
import type { TenantTx } from '@platform/persistence';
import type { CaseFacts } from '../domain/settlement';
import type { AbolitionCaseRow } from '../persistence/abolition-case.entity';
import { settlementsOf } from '../persistence/settlements';

/** What a case is judged by, as it stands now. Which document needs a legality review is what the rule pack of the city says of making it. */
export async function caseFacts(tx: TenantTx, registry: DependentsRegistry, policy: PolicyRow, matter: AbolitionCaseRow): Promise<CaseFacts> {
  const [city] = await tx.query<{ rule_pack: string }>('SELECT rule_pack FROM city WHERE id = $1', [tx.cityId]);
  const legality = rulePack(city?.rule_pack ?? '').kinds[policy.kind].dockets.find(({ kind }) => kind === 'legality');
  return { policy, matter, dependents: await registry.list(tx, policy.id), settled: await settlementsOf(tx, matter.id), reviewArticle: legality?.article ?? null };
}
