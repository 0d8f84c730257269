import { unverifiedRules } from '@core/statutes';
import type { DocketEntry } from '@domains/drafting';
import type { TenantTx } from '@platform/persistence';
import { recountHref, statuteHref } from '../statutes/statute-names';

/** What stands beside a docket's last day: where to count it again, and the rule where its text was not read. */
export interface DocketGrounds {
  recountHref: string | null;
  doubtHref: string | null;
}

/** The grounds of these dockets of a department's policy, in one statement at most. */
export async function docketGrounds(tx: TenantTx, tenantId: string, dockets: readonly DocketEntry[]): Promise<(docket: DocketEntry) => DocketGrounds> {
  const unverified = await unverifiedRules(tx, dockets.flatMap(({ basis }) => basis.period?.parameter ?? []));
  return ({ basis: { period } }) => ({
    recountHref: period ? recountHref(tx.cityId, { param: period.parameter, from: period.from, days: period.days, unit: period.unit, department: tenantId }) : null,
    doubtHref: period && unverified.has(period.parameter) ? statuteHref(tx.cityId, period.parameter) : null,
  });
}
