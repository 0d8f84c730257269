import { isId, type IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { CoordinationAnswer, CoordinationOutcome, Handling, Level, ReplyStance } from '../domain/circulation';

export interface HandlingEntry {
  disposition: Handling;
  reason: string;
  changedIdentity: string | null;
  /** 第N条 as the clause is called in the newest version that has it. */
  changedLabel: string;
  handler: string;
  handledAt: string;
}

export interface ReplyOpinion {
  id: string;
  seq: number;
  clauseIdentity: string | null;
  clauseLabel: string;
  quote: string;
  text: string;
  handling: HandlingEntry | null;
}

export interface CoordinationEntry {
  id: string;
  level: Level;
  heldOn: IsoDate;
  participants: string;
  outcome: CoordinationOutcome;
  minutes: string;
  recorder: string;
  recordedAt: string;
  answer: CoordinationAnswer | null;
  answerer: string | null;
  answeredAt: string | null;
}

export interface ReplyEntry {
  id: string;
  stance: ReplyStance;
  statement: string;
  drafter: string;
  draftedAt: string;
  signer: string | null;
  signedAt: string | null;
  late: boolean;
  rowVersion: number;
  opinions: ReplyOpinion[];
  coordination: CoordinationEntry[];
}

export interface AskedDepartment {
  departmentId: string;
  department: string;
  /** As far as the reader may see it: the drafting department only once it is signed. */
  reply: ReplyEntry | null;
}

export interface CirculationEntry {
  id: string;
  policyId: string;
  versionId: string;
  versionNo: number;
  letter: string;
  workingDays: number;
  openedOn: IsoDate;
  openedAt: string;
  opener: string;
  replyOn: IsoDate;
  state: 'open' | 'closed';
  closedAt: string | null;
  /** Null where the last reply closed it. */
  closer: string | null;
  departments: AskedDepartment[];
}

const HANDLING = `(SELECT json_build_object('disposition', h.disposition, 'reason', h.reason, 'changedIdentity', h.changed_identity, 'handler', x.display_name, 'handledAt', h.handled_at,
  'changedLabel', coalesce((SELECT n.label FROM policy_version w JOIN provision n ON n.city_id = w.city_id AND n.version_id = w.id
     WHERE w.city_id = $1 AND w.policy_id = h.policy_id AND n.identity = h.changed_identity ORDER BY w.no DESC LIMIT 1), ''))
  FROM circulation_handling h JOIN account x ON x.city_id = h.city_id AND x.id = h.handled_by WHERE h.city_id = $1 AND h.opinion_id = o.id)`;

const OPINIONS = `(SELECT coalesce(json_agg(json_build_object('id', o.id, 'seq', o.seq, 'clauseIdentity', o.clause_identity, 'clauseLabel', o.clause_label, 'quote', o.quote, 'text', o.text,
  'handling', ${HANDLING}) ORDER BY o.seq), '[]') FROM circulation_opinion o WHERE o.city_id = $1 AND o.reply_id = r.id)`;

const COORDINATION = `(SELECT coalesce(json_agg(json_build_object('id', k.id, 'level', k.level, 'heldOn', k.held_on, 'participants', k.participants, 'outcome', k.outcome, 'minutes', k.minutes,
  'recorder', b.display_name, 'recordedAt', k.recorded_at, 'answer', k.answer, 'answerer', w.display_name, 'answeredAt', k.answered_at) ORDER BY k.recorded_at, k.id), '[]')
  FROM coordination k JOIN account b ON b.city_id = k.city_id AND b.id = k.recorded_by LEFT JOIN account w ON w.city_id = k.city_id AND w.id = k.answered_by
  WHERE k.city_id = $1 AND k.reply_id = r.id)`;

const DEPARTMENTS = `(SELECT json_agg(json_build_object('departmentId', i.tenant_id, 'department', d.name, 'reply',
  (SELECT json_build_object('id', r.id, 'stance', r.stance, 'statement', r.statement, 'drafter', a.display_name, 'draftedAt', r.drafted_at, 'signer', s.display_name, 'signedAt', r.signed_at,
     'late', r.late, 'rowVersion', r.row_version, 'opinions', ${OPINIONS}, 'coordination', ${COORDINATION})
   FROM circulation_reply r JOIN account a ON a.city_id = r.city_id AND a.id = r.drafted_by LEFT JOIN account s ON s.city_id = r.city_id AND s.id = r.signed_by
   WHERE r.city_id = $1 AND r.circulation_id = c.id AND r.tenant_id = i.tenant_id)) ORDER BY d.name)
  FROM circulation_invitation i JOIN department d ON d.city_id = i.city_id AND d.id = i.tenant_id WHERE i.city_id = $1 AND i.circulation_id = c.id)`;

const ENTRY = `SELECT c.id, c.policy_id AS "policyId", c.version_id AS "versionId", v.no AS "versionNo", c.letter, c.working_days AS "workingDays",
    (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "openedOn", c.opened_at AS "openedAt", o.display_name AS opener, c.reply_on::text AS "replyOn", c.state,
    c.closed_at AS "closedAt", z.display_name AS closer, coalesce(${DEPARTMENTS}, '[]') AS departments
  FROM circulation c JOIN policy_version v ON v.city_id = c.city_id AND v.id = c.version_id
  JOIN account o ON o.city_id = c.city_id AND o.id = c.opened_by LEFT JOIN account z ON z.city_id = c.city_id AND z.id = c.closed_by`;

/** The circulations of a policy, newest first, with what each department said and how it was dealt with, as far as the person who acts may see it. */
export const listCirculations = (tx: TenantTx, policyId: string): Promise<CirculationEntry[]> =>
  tx.query<CirculationEntry>(`${ENTRY} WHERE c.city_id = $1 AND c.policy_id = $2 ORDER BY c.opened_at DESC, c.id DESC`, [tx.cityId, policyId]);

/** One circulation that the reader's department was asked in; undefined for any other. */
export async function readAskedCirculation(tx: TenantTx, circulationId: string): Promise<CirculationEntry | undefined> {
  if (!isId(circulationId)) return undefined;
  const [entry] = await tx.query<CirculationEntry>(
    `${ENTRY} WHERE c.city_id = $1 AND c.id = $2 AND EXISTS (SELECT 1 FROM circulation_invitation m WHERE m.city_id = $1 AND m.circulation_id = c.id AND m.tenant_id = $3)`,
    [tx.cityId, circulationId, tx.actor.tenantId]);
  return entry;
}

export interface AskedEntry {
  id: string;
  title: string;
  department: string;
  openedAt: Date;
  replyOn: IsoDate;
  closed: boolean;
  drafted: boolean;
  signed: boolean;
  late: boolean;
  stance: ReplyStance | null;
  /** An agreement that was recorded waits for the head's word. */
  toConfirm: boolean;
}

const MOST = 100;

/** 待复会签: what the department of the person who acts was asked, unanswered first, the earliest day first. */
export const listAsked = (tx: TenantTx): Promise<AskedEntry[]> =>
  tx.query<AskedEntry>(
    `SELECT c.id, p.title, d.short_name AS department, c.opened_at AS "openedAt", c.reply_on::text AS "replyOn", c.state = 'closed' AS closed, r.id IS NOT NULL AS drafted,
       r.signed_at IS NOT NULL AS signed, coalesce(r.late, false) AS late, r.stance,
       EXISTS (SELECT 1 FROM coordination k WHERE k.city_id = $1 AND k.reply_id = r.id AND k.outcome = 'agreed' AND k.answer IS NULL) AS "toConfirm"
     FROM circulation_invitation i JOIN circulation c ON c.city_id = i.city_id AND c.id = i.circulation_id
     JOIN policy p ON p.city_id = i.city_id AND p.id = i.policy_id JOIN department d ON d.city_id = i.city_id AND d.id = i.owner_tenant_id
     LEFT JOIN circulation_reply r ON r.city_id = i.city_id AND r.circulation_id = i.circulation_id AND r.tenant_id = i.tenant_id
     WHERE i.city_id = $1 AND i.tenant_id = $2
     ORDER BY r.signed_at IS NOT NULL, CASE WHEN r.signed_at IS NULL THEN c.reply_on END, c.opened_at DESC LIMIT ${MOST}`, [tx.cityId, tx.actor.tenantId]);
