import { DomainError, isId } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';

export interface PublicNotice {
  startsOn: string;
  endsOn: string;
  workingDays: number;
  calendar: string[];
  grants: { id: string; enterprise: string; project: string; amountFen: number; score: number }[];
  totalFen: number;
  objections: { open: number; resolved: number };
}

/** The public notice of a call: what is meant to be granted to whom. Not found before it is posted. */
export async function readPublicNotice(reader: PublicReader, cityId: string, callId: string): Promise<PublicNotice> {
  if (!isId(callId)) throw DomainError.notFound();
  const [row] = await reader.query<{ startsOn: string; endsOn: string; workingDays: number; calendar: string[]; open: number; resolved: number; grants: PublicNotice['grants'] | null }>(
    `SELECT n.starts_on::text AS "startsOn", n.ends_on::text AS "endsOn", n.working_days AS "workingDays", n.calendar,
       (SELECT count(*)::int FROM fund_objection o WHERE o.city_id = $1 AND o.call_id = n.call_id AND o.state = 'open') AS open,
       (SELECT count(*)::int FROM fund_objection o WHERE o.city_id = $1 AND o.call_id = n.call_id AND o.state = 'resolved') AS resolved,
       (SELECT json_agg(json_build_object('id', d.id, 'enterprise', d.enterprise_name, 'project', d.project_title, 'amountFen', d.amount_fen, 'score', d.score) ORDER BY d.score DESC, d.id)
        FROM fund_decision d WHERE d.city_id = $1 AND d.call_id = n.call_id AND d.granted AND d.noticed_at IS NOT NULL) AS grants
     FROM funding_notice n WHERE n.city_id = $1 AND n.call_id = $2`, [cityId, callId]);
  if (!row) throw DomainError.notFound();
  const { open, resolved, grants, ...notice } = row;
  return { ...notice, grants: grants ?? [], totalFen: (grants ?? []).reduce((sum, { amountFen }) => sum + amountFen, 0), objections: { open, resolved } };
}
