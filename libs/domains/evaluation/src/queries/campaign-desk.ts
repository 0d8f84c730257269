import { DomainError, isId, type IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { CampaignState, Trigger } from '../domain/campaign';
import type { CampaignSide } from '../domain/sides';
import type { ReportState } from '../domain/report';
import { can } from '../evaluation.access';
import type { CampaignRow } from '../persistence/campaign.entity';
import { campaigns } from '../persistence/repositories';

export interface CampaignItem {
  id: string;
  title: string;
  department: string;
  leader: string;
  trigger: Trigger;
  /** `finished` once each report of it is published. */
  state: CampaignState | 'finished';
  openedAt: Date;
  closesOn: IsoDate | null;
  policies: number;
}

const PAGE = 20;
const STATE = `CASE WHEN c.state = 'reporting' AND NOT EXISTS (SELECT 1 FROM evaluation_report r WHERE r.city_id = c.city_id AND r.campaign_id = c.id AND r.state <> 'published') THEN 'finished' ELSE c.state END`;

/** Campaigns of the department, or of the whole city for its overseer, newest first, twenty a page. */
export async function listCampaigns(tx: TenantTx, after?: string): Promise<{ items: CampaignItem[]; next: string | null }> {
  const [at, id] = after ? after.split('_') : [null, null];
  if (after && (!at || Number.isNaN(Date.parse(at)) || !isId(id))) throw DomainError.invalid('common:error.badCursor');
  const rows = await tx.query<CampaignItem>(
    `SELECT c.id, c.title, d.short_name AS department, l.display_name AS leader, c.trigger, ${STATE} AS state, c.opened_at AS "openedAt", c.closes_on::text AS "closesOn",
       (SELECT count(*)::int FROM evaluation_campaign_policy q WHERE q.city_id = $1 AND q.campaign_id = c.id) AS policies
     FROM evaluation_campaign c JOIN department d ON d.city_id = c.city_id AND d.id = c.tenant_id JOIN account l ON l.city_id = c.city_id AND l.id = c.leader_id
     WHERE c.city_id = $1 AND ($2::uuid IS NULL OR c.tenant_id = $2) AND ($3::timestamptz IS NULL OR (c.opened_at, c.id) < ($3::timestamptz, $4::uuid))
     ORDER BY c.opened_at DESC, c.id DESC LIMIT ${PAGE + 1}`, [tx.cityId, tx.actor.scope === 'city' ? null : tx.actor.tenantId, at, id]);
  const items = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.openedAt.toISOString()}_${last.id}` : null };
}

export interface CampaignAssessor {
  id: string;
  side: CampaignSide;
  name: string;
  /** Where the person works or which enterprise it is. */
  organisation: string;
  /** Sheets begun and handed in, of as many as there are policies. */
  begun: number;
  handedIn: number;
}

export interface CampaignPolicy {
  id: string;
  title: string;
  reportId: string | null;
  reportState: ReportState | null;
}

export interface CampaignDesk {
  campaign: CampaignRow;
  state: CampaignState | 'finished';
  leader: string;
  policies: CampaignPolicy[];
  assessors: CampaignAssessor[];
  /** The person who looks leads it. */
  mayLead: boolean;
}

/** One campaign with its policies, the people it asked and how far they are. Nobody's marks are in it before the scoring is over. */
export async function campaignDesk(tx: TenantTx, id: string): Promise<CampaignDesk> {
  const campaign = await campaigns.require(tx, id);
  if (tx.actor.scope === 'own' && campaign.tenantId !== tx.actor.tenantId) throw DomainError.notFound();
  const [more] = await tx.query<{ leader: string; state: CampaignState | 'finished' }>(
    `SELECT l.display_name AS leader, ${STATE} AS state FROM evaluation_campaign c JOIN account l ON l.city_id = c.city_id AND l.id = c.leader_id WHERE c.city_id = $1 AND c.id = $2`, [tx.cityId, id]);
  const policies = await tx.query<CampaignPolicy>(
    `SELECT p.id, p.title, r.id AS "reportId", r.state AS "reportState" FROM evaluation_campaign_policy q JOIN policy p ON p.city_id = q.city_id AND p.id = q.policy_id
     LEFT JOIN evaluation_report r ON r.city_id = q.city_id AND r.campaign_id = q.campaign_id AND r.policy_id = q.policy_id
     WHERE q.city_id = $1 AND q.campaign_id = $2 ORDER BY p.title, p.id`, [tx.cityId, id]);
  const assessors = await tx.query<CampaignAssessor>(
    `SELECT a.id, a.side, o.display_name AS name,
       coalesce((SELECT string_agg(DISTINCT d.short_name, '、') FROM membership m JOIN department d ON d.city_id = m.city_id AND d.id = m.tenant_id
         WHERE m.city_id = $1 AND m.account_id = a.account_id AND m.revoked_at IS NULL), (SELECT e.name FROM enterprise e WHERE e.city_id = $1 AND e.id = o.enterprise_id), '') AS organisation,
       (SELECT count(*)::int FROM evaluation_sheet s WHERE s.city_id = $1 AND s.assessor_id = a.id) AS begun,
       (SELECT count(*)::int FROM evaluation_sheet s WHERE s.city_id = $1 AND s.assessor_id = a.id AND s.state = 'submitted') AS "handedIn"
     FROM evaluation_assessor a JOIN account o ON o.city_id = a.city_id AND o.id = a.account_id
     WHERE a.city_id = $1 AND a.campaign_id = $2 AND a.removed_at IS NULL ORDER BY array_position(ARRAY['department', 'authority', 'enterprises', 'public', 'expert'], a.side), o.display_name, a.id`,
    [tx.cityId, id]);
  return { campaign, state: more?.state ?? campaign.state, leader: more?.leader ?? '', policies, assessors, mayLead: campaign.leaderId === tx.actor.accountId && can(tx.actor, 'evaluation.write', campaign) };
}

export interface AssessorChoice {
  id: string;
  name: string;
  kind: 'staff' | 'enterprise' | 'resident' | 'expert';
  organisation: string;
  own: boolean;
}

/**
 * People who may be asked, at most fifty: of the own department and from outside the administration, or whoever is found by a part of his name or organisation. In which other
 * department somebody works is not shown to this one. Whether one may judge is asked when he is chosen.
 */
export const assessorChoices = (tx: TenantTx, search: string): Promise<AssessorChoice[]> =>
  tx.query<AssessorChoice>(
    `SELECT * FROM (SELECT o.id, o.display_name AS name, o.kind, coalesce(e.name, string_agg(DISTINCT d.short_name, '、'), '') AS organisation, coalesce(bool_or(m.tenant_id = $2), false) AS own
       FROM account o LEFT JOIN membership m ON m.city_id = o.city_id AND m.account_id = o.id AND m.revoked_at IS NULL LEFT JOIN department d ON d.city_id = m.city_id AND d.id = m.tenant_id
       LEFT JOIN enterprise e ON e.city_id = o.city_id AND e.id = o.enterprise_id
       WHERE o.city_id = $1 AND o.disabled_at IS NULL AND (o.kind <> 'staff' OR m.role IS NULL OR m.role NOT IN ('system_admin', 'security_admin', 'audit_admin')) GROUP BY o.id, o.display_name, o.kind, e.name) c
     WHERE ($3 = '' AND (c.own OR c.kind <> 'staff')) OR ($3 <> '' AND (position(lower($3) in lower(c.name)) > 0 OR position(lower($3) in lower(c.organisation)) > 0))
     ORDER BY array_position(ARRAY['staff', 'enterprise', 'resident', 'expert'], c.kind), NOT c.own, c.organisation, c.name, c.id LIMIT 50`, [tx.cityId, tx.actor.tenantId, search.trim()]);

/** Policies of the own department that a campaign can be opened on, with their kind; at most two hundred. */
export const policyChoices = (tx: TenantTx): Promise<{ id: string; title: string; kind: string }[]> =>
  tx.query(
    `SELECT p.id, p.title, p.kind FROM policy p WHERE p.city_id = $1 AND p.tenant_id = $2 AND p.state = 'published'
       AND NOT EXISTS (SELECT 1 FROM evaluation_report o WHERE o.city_id = $1 AND o.policy_id = p.id AND o.state <> 'published')
       AND NOT EXISTS (SELECT 1 FROM evaluation_campaign_policy q WHERE q.city_id = $1 AND q.policy_id = p.id AND q.is_open)
     ORDER BY p.kind, p.title, p.id LIMIT 200`, [tx.cityId, tx.actor.tenantId]);
