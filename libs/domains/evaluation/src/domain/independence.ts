import type { Role } from '@platform/kernel';
import { type CampaignSide, isOutside } from './sides';

/** What is known of a person with regard to the policies of a campaign. */
export interface Standing {
  kind: 'staff' | 'enterprise' | 'resident' | 'expert';
  /** The departments in which the person works now. */
  departmentIds: readonly string[];
  /** Wrote or handed in a version of one of the policies. */
  drafted: boolean;
  /** Argued for or assessed one of them before it was decided. */
  assessedBefore: boolean;
}

export type Obstacle = 'drafted' | 'assessedBefore' | 'insider' | 'outsider' | 'wrongKind' | 'leads';

/** Which kind of account speaks for a side. */
const KIND_OF: Readonly<Record<CampaignSide, Standing['kind']>> = { department: 'staff', authority: 'staff', enterprises: 'enterprise', public: 'resident', expert: 'expert' };

/**
 * What keeps a person from judging for a side, or null. Who carried out the main argument or assessment before the decision does not evaluate it
 * (《重大行政决策程序暂行条例》第三十六条); who drafted it judges his own work, and an outside side is not spoken for from inside the department.
 */
export function obstacleOf(side: CampaignSide, owner: string, person: Standing): Obstacle | null {
  if (person.drafted) return 'drafted';
  if (person.assessedBefore) return 'assessedBefore';
  if (isOutside(side) && person.departmentIds.includes(owner)) return 'insider';
  if (person.kind !== KIND_OF[side]) return 'wrongKind';
  if (side === 'department' && !person.departmentIds.includes(owner)) return 'outsider';
  return null;
}

/** Roles of people who may be asked to judge: everybody but the administrators of the machine. */
export const ASSESSOR_ROLES = [
  'drafter', 'department_head', 'legal_reviewer', 'fair_competition_reviewer', 'argument_convener', 'risk_assessor', 'deliberation_secretary', 'registrar', 'interpreter',
  'fund_manager', 'finance_officer', 'evaluator', 'overseer', 'enterprise', 'resident', 'expert',
] as const satisfies readonly Role[];
