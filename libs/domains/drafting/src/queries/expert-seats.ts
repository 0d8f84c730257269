import { latestSubmittedVersion, policies, provisionsOf, type ProvisionRow } from '@core/policy';
import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { Choice } from './choices';
import { type AttachmentEntry, listAttachments } from './attachment-list';

export interface SeatEntry {
  id: string;
  policyId: string;
  docketId: string;
  versionId: string;
  title: string;
  expert: string;
  interest: 'none' | 'direct' | null;
  interestNote: string;
  view: string | null;
  opinion: string;
  namedAt: Date;
  signedAt: Date | null;
  /** The argument still waits for its conclusion. */
  open: boolean;
}

const SEATS = `SELECT x.id, x.policy_id AS "policyId", x.docket_id AS "docketId", x.version_id AS "versionId", p.title, a.display_name AS expert, x.interest,
    x.interest_note AS "interestNote", x.view, x.opinion, x.named_at AS "namedAt", x.signed_at AS "signedAt", k.outcome IS NULL AND p.state = 'reviewing' AS open
  FROM docket_expert x
  JOIN account a ON a.city_id = x.city_id AND a.id = x.account_id
  JOIN policy p ON p.city_id = x.city_id AND p.id = x.policy_id
  JOIN docket k ON k.city_id = x.city_id AND k.id = x.docket_id`;

/** The panel of one docket, in the order of naming. */
export const panelOf = (tx: TenantTx, docketId: string): Promise<SeatEntry[]> =>
  tx.query<SeatEntry>(`${SEATS} WHERE x.city_id = $1 AND x.docket_id = $2 ORDER BY x.named_at, x.id`, [tx.cityId, docketId]);

/** The seats of the expert who acts, newest first; fifty at most. */
export const mySeats = (tx: TenantTx): Promise<SeatEntry[]> =>
  tx.query<SeatEntry>(`${SEATS} WHERE x.city_id = $1 AND x.account_id = $2 ORDER BY x.named_at DESC, x.id LIMIT 50`, [tx.cityId, tx.actor.accountId]);

export interface SeatText {
  seat: SeatEntry;
  note: string;
  provisions: ProvisionRow[];
  attachments: AttachmentEntry[];
}

/** One's own seat with the text and the files that go with it or were put to the argument; "not found" for another's. */
export async function readSeat(tx: TenantTx, seatId: string): Promise<SeatText> {
  if (!isId(seatId)) throw DomainError.notFound();
  const [seat] = await tx.query<SeatEntry>(`${SEATS} WHERE x.city_id = $1 AND x.account_id = $2 AND x.id = $3`, [tx.cityId, tx.actor.accountId, seatId]);
  if (!seat) throw DomainError.notFound();
  await policies.require(tx, seat.policyId);
  const version = await latestSubmittedVersion(tx, seat.policyId);
  const files = (await listAttachments(tx, seat.policyId)).filter(({ docketId }) => docketId === null || docketId === seat.docketId);
  return { seat, note: version?.draftingNote ?? '', provisions: await provisionsOf(tx, seat.versionId), attachments: files };
}

/** The experts of the city, for the choice of a panel; two hundred at most. */
export const expertsOfCity = (tx: TenantTx): Promise<Choice[]> =>
  tx.query<Choice>(
    `SELECT a.id, a.display_name || coalesce('（' || e.field || '，' || e.employer_name || '）', '') AS name
     FROM account a LEFT JOIN expert_profile e ON e.city_id = a.city_id AND e.account_id = a.id
     WHERE a.city_id = $1 AND a.kind = 'expert' AND a.disabled_at IS NULL ORDER BY a.display_name LIMIT 200`, [tx.cityId]);

/** The people of one's own department who hold a role. */
export const holdersOf = (tx: TenantTx, role: string): Promise<Choice[]> =>
  tx.query<Choice>(
    `SELECT a.id, a.display_name AS name FROM membership m JOIN account a ON a.city_id = m.city_id AND a.id = m.account_id
     WHERE m.city_id = $1 AND m.tenant_id = $2 AND m.role = $3 AND m.revoked_at IS NULL AND a.disabled_at IS NULL ORDER BY a.display_name`,
    [tx.cityId, tx.actor.tenantId, role]);
