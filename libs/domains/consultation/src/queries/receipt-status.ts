import { diffText, type TextRun } from '@core/documents';
import { latestSubmittedVersion } from '@core/policy';
import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { clauseText } from '@core/documents';
import { isEntered } from '../domain/entries';
import type { Disposition, Stance } from '../domain/figures';
import { receiptCodeHash } from '../domain/receipt';
import { lastDayOf } from '../domain/window';
import { clauseNodes } from './clause-nodes';
import { type OwnFile, ownFiles } from './opinion-files';

export interface ReceiptStatus {
  receiptNo: string;
  receivedAt: Date;
  clauseId: string | null;
  clauseLabel: string | null;
  quote: string | null;
  text: string;
  stance: Stance;
  channel: string;
  /** Whether the department entered it for its author, who then cannot withdraw it by the code. */
  entered: boolean;
  /** What came with it, in its order. */
  files: OwnFile[];
  /** Why it is not shown to everybody; null if it is. */
  hiddenReason: string | null;
  /** When its author took it back; null if not. */
  withdrawnAt: Date | null;
  consultation: { id: string; title: string; state: string; closesAt: Date; lastDay: string; department: string };
  /** Once the result is published. */
  answer: { disposition: Disposition; reason: string; publishedAt: Date } | null;
  /** The clause that changed because of it, as it was and as it is now; null while there is no change to show. */
  change: { label: string; runs: TextRun[] } | null;
}

interface Row {
  id: string;
  attachment_count: number;
  receipt_no: string;
  received_at: Date;
  clause_id: string | null;
  clause_label: string | null;
  quote: string | null;
  text: string;
  stance: Stance;
  channel: string;
  moderation: string;
  moderation_reason: string | null;
  withdrawn_at: Date | null;
  consultation_id: string;
  policy_id: string;
  version_id: string;
  title: string;
  state: string;
  closes_at: Date;
  department: string;
  disposition: Disposition | null;
  reason: string | null;
  adopted_identity: string | null;
  published_at: Date | null;
}

/**
 * What became of the opinion whose receipt code this is. Runs as the machinery of the city, as a code is all that its holder has: it finds that one
 * row by the hash of the code, and nothing else. Whatever is not a code of this city is "not found".
 */
export async function receiptStatus(tx: TenantTx, code: string): Promise<ReceiptStatus> {
  const hash = receiptCodeHash(code);
  const [row] = hash === null ? [] : await tx.query<Row>(
    `SELECT o.id, o.attachment_count, o.receipt_no, o.received_at, o.clause_id, p.label AS clause_label, o.quote, o.text, o.stance, o.channel, o.moderation, o.moderation_reason, w.withdrawn_at, c.id AS consultation_id,
       c.policy_id, c.version_id, c.title, c.state, c.closes_at, d.name AS department, a.disposition, a.reason, a.adopted_identity, a.published_at
     FROM opinion o
     JOIN consultation c ON c.city_id = o.city_id AND c.id = o.consultation_id
     JOIN department d ON d.city_id = c.city_id AND d.id = c.tenant_id
     LEFT JOIN provision p ON p.city_id = o.city_id AND p.version_id = o.version_id AND p.clause_id = o.clause_id
     LEFT JOIN opinion_withdrawal w ON w.city_id = o.city_id AND w.opinion_id = o.id
     LEFT JOIN opinion_answer a ON a.city_id = o.city_id AND a.opinion_id = o.id AND a.published_at IS NOT NULL
     WHERE o.city_id = $1 AND o.receipt_code_hash = $2`, [tx.cityId, hash]);
  if (!row) throw DomainError.notFound('consultation:error.noReceipt');
  return {
    receiptNo: row.receipt_no, receivedAt: row.received_at, clauseId: row.clause_id, clauseLabel: row.clause_label, quote: row.quote, text: row.text, stance: row.stance, channel: row.channel, entered: isEntered(row.channel),
    files: row.attachment_count > 0 ? await ownFiles(tx, row.id) : [],
    hiddenReason: row.moderation === 'hidden' ? row.moderation_reason : null, withdrawnAt: row.withdrawn_at,
    consultation: { id: row.consultation_id, title: row.title, state: row.state, closesAt: row.closes_at, lastDay: lastDayOf(row.closes_at), department: row.department },
    answer: row.disposition && row.published_at ? { disposition: row.disposition, reason: row.reason ?? '', publishedAt: row.published_at } : null,
    change: row.adopted_identity && row.published_at ? await changeOf(tx, row.policy_id, row.version_id, row.adopted_identity) : null,
  };
}

/** The words of a clause in the version asked about against those in the newest submitted one. */
async function changeOf(tx: TenantTx, policyId: string, versionId: string, identity: string): Promise<ReceiptStatus['change']> {
  const latest = await latestSubmittedVersion(tx, policyId);
  if (!latest || latest.id === versionId) return null;
  const [before, after] = [await clauseNodes(tx, versionId), await clauseNodes(tx, latest.id)];
  const [old, next] = [clauseText(before, identity) ?? '', clauseText(after, identity) ?? ''];
  if (old === next) return null;
  const label = [...after, ...before].find((node) => node.identity === identity)?.label ?? '';
  return { label, runs: diffText(old, next) };
}
