import { type Actor, DomainError, isId } from '@platform/kernel';
import type { UnitOfWork } from '@platform/persistence';

const direct = (table: string, parent: 'policy_id' | 'call_id' | 'consultation_id'): string => `SELECT 1 FROM ${table} WHERE city_id = $1 AND id = $2 AND ${parent} = $3`;

/** Which thing stands under which, in the addresses of pages: policies first, then calls and consultations. */
const UNDER = {
  consultation: direct('consultation', 'policy_id'),
  opinion: `SELECT 1 FROM opinion o JOIN consultation c ON c.city_id = o.city_id AND c.id = o.consultation_id
    WHERE o.city_id = $1 AND o.id = $2 AND c.policy_id = $3`,
  report: direct('evaluation_report', 'policy_id'),
  abolition: direct('abolition_case', 'policy_id'),
  validityCase: direct('validity_case', 'policy_id'),
  programme: direct('fund_programme', 'policy_id'),
  application: direct('fund_application', 'call_id'),
  objection: direct('fund_objection', 'call_id'),
  award: direct('fund_award', 'call_id'),
  cluster: direct('opinion_cluster', 'consultation_id'),
  event: direct('consultation_event', 'consultation_id'),
} as const;

/**
 * Refuses an address that puts a thing under another policy or call than its own: there is no such page, whoever owns the two. What stands
 * under what never changes, so this may be asked before the use case locks anything.
 * @throws DomainError `not_found`
 */
export function requireWithin(unitOfWork: UnitOfWork, actor: Actor, what: keyof typeof UNDER, id: string, parentId: string): Promise<void> {
  if (!isId(id) || !isId(parentId)) throw DomainError.notFound();
  return unitOfWork.run(actor, async (tx) => {
    const [found] = await tx.query(UNDER[what], [tx.cityId, id, parentId]);
    if (!found) throw DomainError.notFound();
  });
}
