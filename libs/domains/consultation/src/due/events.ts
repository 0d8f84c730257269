import { DUE_LIMIT, type DueItem, type DueSource } from '@core/policy';
import { chinaDate } from '@platform/kernel';
import { ARTICLE_16, ARTICLE_17, type EventState, lastDelivery } from '../domain/events';
import { lastDayOf } from '../domain/window';

interface Row {
  id: string;
  consultationId: string;
  tenantId: string;
  policyId: string;
  title: string;
  state: EventState;
  startsAt: Date;
  signUpUntil: Date | null;
  materialsDays: number | null;
  announcedAt: Date;
  closesAt: Date;
  /** Those who take part and have no materials yet. */
  waiting: number;
}

/** What hearings and symposia ask of the drafters: choosing, materials out in time, and minutes while the register still takes what was said. */
export const eventsDue: DueSource = {
  key: 'consultation.event',
  async list(tx, { departmentId }) {
    const rows = await tx.query<Row>(
      `SELECT e.id, e.consultation_id AS "consultationId", e.tenant_id AS "tenantId", c.policy_id AS "policyId", e.title, e.state, e.starts_at AS "startsAt", e.sign_up_until AS "signUpUntil",
         e.materials_days AS "materialsDays", e.announced_at AS "announcedAt", c.closes_at AS "closesAt",
         (SELECT count(*)::integer FROM event_participant p WHERE p.city_id = $1 AND p.event_id = e.id AND p.state = 'selected' AND p.delivered_on IS NULL) AS waiting
       FROM consultation_event e JOIN consultation c ON c.city_id = e.city_id AND c.id = e.consultation_id
       WHERE e.city_id = $1 AND e.state IN ('announced', 'selected', 'held') AND ($2::uuid IS NULL OR e.tenant_id = $2) ORDER BY e.starts_at, e.id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId]);
    return rows.flatMap((row) => itemsOf(row, tx.at));
  },
};

function itemsOf(row: Row, now: Date): DueItem[] {
  const { signUpUntil, materialsDays, startsAt, state } = row;
  if (state === 'held' || startsAt <= now) return [item(row, 'minutes', lastDayOf(row.closesAt), { paramId: 'mad.hearing', article: ARTICLE_17, from: null, days: null, unit: null })];
  const until = materialsDays === null ? chinaDate(startsAt) : lastDelivery(startsAt, materialsDays);
  const basis = { paramId: 'mad.hearing', article: ARTICLE_16, from: null, days: null, unit: null };
  if (state === 'announced' && signUpUntil !== null) return signUpUntil <= now ? [item(row, 'selection', until, basis)] : [];
  return materialsDays !== null && row.waiting > 0 ? [item(row, 'materials', until, basis)] : [];
}

const item = (row: Row, kind: string, dueOn: string, basis: DueItem['basis']): DueItem => ({
  key: `event/${row.id}/${kind}`, kind: `consultation.${kind}`, title: row.title, href: `/console/consultations/${row.consultationId}/channels/events/${row.id}`, policyId: row.policyId, departmentId: row.tenantId,
  accountId: null, role: 'drafter', roleIn: [row.tenantId], dueOn, basis,
});
