import { isId, type IsoDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import type { NamedClause, ValidityChangeKind } from '../persistence/validity-change.entity';

export interface PublicValidityChange {
  kind: ValidityChangeKind;
  knownAt: Date;
  effectOn: IsoDate;
  /** The policy that amends or replaces, with its number. */
  byId: string | null;
  byTitle: string | null;
  byNumber: string | null;
  clauses: NamedClause[] | null;
  previousTo: IsoDate | null;
  newTo: IsoDate | null;
  noticeText: string | null;
}

/** What has changed the validity of a policy, and what is decided for later; oldest first. */
export async function publicValidityChanges(reader: Pick<PublicReader, 'query'>, cityId: string, policyId: string): Promise<PublicValidityChange[]> {
  if (!isId(policyId)) return [];
  return reader.query<PublicValidityChange>(
    `SELECT c.kind, c.known_at AS "knownAt", c.effect_on::text AS "effectOn", a.id AS "byId", a.title AS "byTitle", a.document_number AS "byNumber", c.clauses,
       c.previous_to::text AS "previousTo", c.new_to::text AS "newTo", c.notice_text AS "noticeText"
     FROM validity_change c LEFT JOIN policy a ON a.city_id = c.city_id AND a.id = c.by_policy_id
     WHERE c.city_id = $1 AND c.policy_id = $2 ORDER BY c.effect_on, c.known_at, c.id`, [cityId, policyId]);
}
