import { policies, provisionsOf } from '@core/policy';
import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { can } from '../interpretation.access';
import { type Channel, isStale, type MaterialKind, type MaterialState } from '../domain/material';
import { PictureRow } from '../persistence/material.entity';
import { materials, plans } from '../persistence/repositories';
import type { PictureFile } from './released';

export interface DeskMaterial {
  id: string;
  kind: MaterialKind;
  title: string;
  body: string;
  altText: string;
  clauseIdentities: string[];
  clauses: string[];
  state: MaterialState;
  stale: boolean;
  author: string;
  approver: string | null;
  writtenAt: Date;
  mayApprove: boolean;
  mayRevise: boolean;
}

export interface InterpretationDesk {
  plan: { audience: string; keyPoints: string; channels: Channel[] } | null;
  materials: DeskMaterial[];
  /** The clauses of the newest version, to choose from. */
  clauses: { identity: string; label: string }[];
  mayPlan: boolean;
  mayWrite: boolean;
}

const ENDED = ['published', 'superseded', 'expired', 'abolished', 'withdrawn'];

/** A policy's plan and materials, with what the person who looks may do. */
export async function interpretationDesk(tx: TenantTx, policyId: string): Promise<InterpretationDesk> {
  const policy = await policies.require(tx, policyId);
  const [plan, rows, text] = [await plans.findOne(tx, { policyId }), await materials.find(tx, { policyId }, { kind: 'DESC', id: 'ASC' }), await textOf(tx, policyId)];
  const clauses = (text.newestId ? await provisionsOf(tx, text.newestId) : []).filter((clause) => clause.kind === 'article' || clause.parentId === null);
  const labels = new Map(clauses.map((clause) => [clause.identity, clause.label || clause.text.slice(0, 12)]));
  const names = new Map((await tx.query<{ id: string; name: string }>(
    'SELECT id, display_name AS name FROM account WHERE city_id = $1 AND id = ANY($2::uuid[])',
    [tx.cityId, rows.flatMap((row) => [row.authorId, row.approvedBy]).filter(Boolean)])).map(({ id, name }) => [id, name]));
  const open = !ENDED.includes(policy.state);
  return {
    plan,
    materials: rows.map((row) => {
      const stale = isStale(row, text.submittedHash);
      return {
        id: row.id, kind: row.kind, title: row.title, body: row.body, altText: row.altText, clauseIdentities: row.clauseIdentities,
        clauses: row.clauseIdentities.map((identity) => labels.get(identity) ?? identity),
        state: row.state, stale, author: names.get(row.authorId) ?? '', approver: row.approvedBy ? names.get(row.approvedBy) ?? '' : null, writtenAt: row.writtenAt,
        mayApprove: open && (row.state === 'draft' || stale) && row.authorId !== tx.actor.accountId && can(tx.actor, 'interpretation.approve', policy),
        mayRevise: open && row.state !== 'released' && can(tx.actor, 'interpretation.write', policy),
      };
    }),
    clauses: [...labels].map(([identity, label]) => ({ identity, label })),
    mayPlan: open && can(tx.actor, 'interpretation.plan', policy),
    mayWrite: open && can(tx.actor, 'interpretation.write', policy),
  };
}

/** The newest version, whose clauses are chosen from, and the hash of the newest closed one, which approvals stand for. */
async function textOf(tx: TenantTx, policyId: string): Promise<{ newestId: string | null; submittedHash: string | null }> {
  const [text] = await tx.query<{ newestId: string | null; submittedHash: string | null }>(
    `SELECT (SELECT v.id FROM policy_version v WHERE v.city_id = $1 AND v.policy_id = $2 ORDER BY v.no DESC LIMIT 1) AS "newestId",
       (SELECT v.text_hash FROM policy_version v WHERE v.city_id = $1 AND v.policy_id = $2 AND v.state = 'submitted' ORDER BY v.no DESC LIMIT 1) AS "submittedHash"`, [tx.cityId, policyId]);
  return text!;
}

/** A picture that has not gone out yet, for those who work on it. */
export async function deskPicture(tx: TenantTx, policyId: string, materialId: string): Promise<PictureFile> {
  if (!isId(policyId)) throw DomainError.notFound();
  const material = await materials.require(tx, materialId);
  const file = await tx.repository(PictureRow).findOne({ where: { cityId: tx.cityId, materialId: material.id } });
  if (!file || material.policyId !== policyId) throw DomainError.notFound();
  return file;
}
