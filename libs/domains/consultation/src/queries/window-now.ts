import { effectiveParameters } from '@core/statutes';
import { chinaDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { MINIMUM_IDS, type WindowBasis, windowBasis, type WindowSubject } from '../domain/window';

/** The minimum lengths of a window that opens today, with what the city and the department that owns the policy added to the law. */
export async function windowBasisNow(tx: TenantTx, subject: WindowSubject & { tenantId: string }): Promise<WindowBasis> {
  const today = chinaDate(tx.at);
  const found = await effectiveParameters(tx, MINIMUM_IDS, today, subject.tenantId);
  return windowBasis(subject, today, (id) => {
    const minimum = found.find((one) => one.id === id);
    // Asked for above by the same list.
    if (!minimum) throw new Error(`no minimum ${id}`);
    return minimum;
  });
}
