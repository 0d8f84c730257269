import type { IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { FIRST_RULES, type ScoreRules } from '../domain/scorecard';

export interface ScoreRuleSet extends ScoreRules {
  /** Null for the set that the product begins with. */
  id: string | null;
  validFrom: IsoDate | null;
}

/** The rules of scoring for a period that begins on a day: the latest set that two people stand for. They are those of its first day: nobody changes them while it runs. */
export async function rulesOn(tx: TenantTx, on: IsoDate): Promise<ScoreRuleSet> {
  const [row] = await tx.query<ScoreRuleSet>(
    `SELECT id, weights, appeal_days AS "appealDays", decide_days AS "decideDays", valid_from::text AS "validFrom" FROM scorecard_rules
     WHERE city_id = $1 AND confirmed_at IS NOT NULL AND valid_from <= $2 ORDER BY valid_from DESC LIMIT 1`, [tx.cityId, on]);
  return row ?? { ...FIRST_RULES, id: null, validFrom: null };
}

export interface ScoreRuleEntry extends ScoreRules {
  id: string;
  validFrom: IsoDate;
  reason: string;
  setter: string;
  setById: string;
  setAt: Date;
  confirmer: string | null;
  confirmedAt: Date | null;
}

/** Every set that somebody proposed, the newest first. */
export const listScoreRules = (tx: TenantTx): Promise<ScoreRuleEntry[]> => tx.query<ScoreRuleEntry>(
  `SELECT r.id, r.weights, r.appeal_days AS "appealDays", r.decide_days AS "decideDays", r.valid_from::text AS "validFrom", r.reason, s.display_name AS setter, r.set_by AS "setById", r.set_at AS "setAt",
     c.display_name AS confirmer, r.confirmed_at AS "confirmedAt"
   FROM scorecard_rules r JOIN account s ON s.city_id = r.city_id AND s.id = r.set_by LEFT JOIN account c ON c.city_id = r.city_id AND c.id = r.confirmed_by
   WHERE r.city_id = $1 ORDER BY r.set_at DESC, r.id DESC LIMIT 50`, [tx.cityId]);
