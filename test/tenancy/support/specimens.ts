import { createHash } from 'node:crypto';
import { newId } from '@platform/kernel';
import type { Client } from 'pg';
import { channelSpecimens } from './channel-specimens';
import { attachmentSpecimens } from './attachment-specimens';
import { campaignSpecimens } from './campaign-specimens';
import { cleanupSpecimens } from './cleanup-specimens';
import { circulationSpecimens } from './circulation-specimens';
import { cityPlanSpecimens } from './city-plan-specimens';
import { clusterSpecimens } from './cluster-specimens';
import { opinionDeskSpecimens } from './opinion-desk-specimens';
import { fundingSpecimens } from './funding-specimens';
import { questionnaireSpecimens } from './questionnaire-specimens';
import { surveySpecimens } from './survey-specimens';
import { scorecardSpecimens } from './scorecard-specimens';
import { type Home, type Insert, inserter, type Specimens } from './insert';

/** Stands in every text that nobody outside the department may read; the word after it names the department. */
export const secretOf = (key: string): string => `内部密文${key}`;

/**
 * One thing of every kind in the state in which it can be acted upon, with a secret in each text that is not public. Written by SQL, as the
 * demonstration leaves few things half done and only one department a call for money.
 */
export async function makeSpecimens(client: Client, home: Home): Promise<Specimens> {
  const insert = inserter(client, home);
  // The chain's trigger runs as the tables' owner, whom row-level security binds too.
  await client.query(`SET app.city_id = '${home.cityId}'; SET app.scope = 'system'`);
  const ids: Specimens = { department: home.tenantId, account: home.staff['drafter'] ?? '', 'account.closable': home.staff['risk_assessor'] ?? '', expert: home.experts[0]?.expertId ?? '' };
  const secret = secretOf(home.key);
  await policySpecimens(client, insert, home, ids, secret);
  await cityPlanSpecimens(client, insert, home, ids, secret);
  await circulationSpecimens(client, insert, home, ids, secret);
  await consultationSpecimens(client, insert, home, ids, secret);
  await attachmentSpecimens(client, insert, home, ids, secret);
  await clusterSpecimens(insert, home, ids, secret);
  await questionnaireSpecimens(insert, home, ids, secret);
  await channelSpecimens(client, insert, home, ids, secret);
  await opinionDeskSpecimens(insert, home, ids, secret);
  await afterlifeSpecimens(insert, home, ids, secret);
  await campaignSpecimens(insert, home, ids, secret);
  await surveySpecimens(insert, home, ids, secret);
  await cleanupSpecimens(insert, home, ids, secret);
  await fundingSpecimens(insert, home, ids, secret);
  await scorecardSpecimens(insert, home, ids, secret);
  ids['outbox'] = await insert('outbox', {
    id: newId(), type: 'drafting.plan_item_proposed.v1', payload: { planItemId: ids['plan.proposed'] }, created_at: home.at, available_at: home.at, attempts: 9, dead_at: home.at, last_error: 'gone',
  });
  await rareSpecimens(insert, home, ids, secret);
  await client.query('RESET app.city_id; RESET app.scope');
  return ids;
}

async function policySpecimens(client: Client, insert: Insert, home: Home, ids: Specimens, secret: string): Promise<void> {
  const { staff, at } = home;
  const plan = (state: string, decided: boolean): Promise<string> => insert('plan_item', {
    id: newId(), year: 2027, kind: 'make', title: `${secret}计划`, reason: secret, source: 'department', state, proposed_by: staff['drafter'], proposed_at: at,
    ...(decided ? { decided_by: staff['department_head'], decided_at: at } : {}),
  });
  ids['plan.proposed'] = await plan('proposed', false);
  ids['plan.approved'] = await plan('approved', true);
  // Two are published, as a policy has one report under way at most.
  for (const name of ['planned', 'drafting', 'consulting', 'reviewing', 'approved', 'published', 'issued']) {
    const state = name === 'issued' ? 'published' : name;
    const open = state === 'consulting' || state === 'published';
    const published = state === 'published'
      ? { document_number: `${home.key}〔2026〕${name}号`, published_at: at, effective_from: '2026-01-01' } : {};
    const policyId = await insert('policy', {
      id: newId(), kind: 'normative_document', title: open ? `公开政策${home.key}` : `${secret}政策`, summary: '', state, responsible_id: staff['department_head'], created_at: at,
      affects_market: false, public_since: open ? at : null, ...published,
    });
    ids[`policy.${name}`] = policyId;
    await insert('policy_drafter', { policy_id: policyId, account_id: staff['drafter'], since: at });
    await insert('life_cycle_event', {
      policy_id: policyId, chain: `policy:${policyId}`, is_public: false,
      payload: JSON.stringify({ name: 'planned', at: at.toISOString(), from: 'planned', to: 'planned', actorName: secret, rulePack: 'demo-2026', textHash: null, details: { secret } }),
      seq: 0, prev_hash: '', hash: '',
    });
    if (state !== 'planned') await version(client, insert, home, ids, name, open ? '公开条文。' : `${secret}条文。`, open);
  }
  ids['docket'] = await insert('docket', {
    id: newId(), policy_id: ids['policy.reviewing'], version_id: ids['version.reviewing'], text_hash: hashOf(`${secret}条文。`), kind: 'legality', opened_at: at,
    opened_by: staff['drafter'], due_article: '国办发〔2018〕115号', due_on: '2026-06-20',
  });
  ids['docket.argument'] = await insert('docket', {
    id: newId(), policy_id: ids['policy.reviewing'], version_id: ids['version.reviewing'], text_hash: hashOf(`${secret}条文。`), kind: 'expert_argument', opened_at: at,
    opened_by: staff['drafter'], due_article: '《重大行政决策程序暂行条例》第十九条',
  });
  ids['convener'] = staff['argument_convener'] ?? '';
  ids['seat'] = await insert('docket_expert', {
    id: newId(), policy_id: ids['policy.reviewing'], docket_id: ids['docket.argument'], version_id: ids['version.reviewing'], account_id: home.experts[0]?.accountId,
    named_by: staff['argument_convener'], named_at: at,
  });
  ids['attachment'] = await insert('policy_attachment', {
    id: newId(), policy_id: ids['policy.reviewing'], kind: 'basis', filename: `${secret}.png`, media_type: 'image/png', sha256: home.picture.sha256, size: home.picture.size,
    uploaded_by: staff['drafter'], uploaded_tenant_id: home.tenantId, uploaded_at: at,
  });
  ids['override'] = await insert('statute_override', {
    id: newId(), param_id: 'nrd.consult.other', field: 'min', value: 10, unit: 'wd', source: secret, reason: secret, valid_from: '2026-07-01', set_by: staff['department_head'], set_at: at,
  });
  await insert('policy_procedure', { policy_id: ids['policy.reviewing'], technical: true, technical_reason: secret, noted_by: staff['drafter'], noted_at: at });
}

/** Rows that only hang on others. */
async function rareSpecimens(insert: Insert, { tenantId, staff, at, key }: Home, ids: Specimens, secret: string): Promise<void> {
  await insert('participation', { policy_id: ids['policy.approved'], owner_tenant_id: tenantId, capacity: 'countersign', since: at });
  await insert('policy_link', { id: newId(), policy_id: ids['policy.issued'], kind: 'implements', target_id: ids['policy.published'] });
  await insert('evaluation_rating', { report_id: ids['report.draft'], side: 'department', rating: 50, evidence: secret });
  await insert('completeness_check', { id: newId(), call_id: ids['call.reviewing'], application_id: ids['application.accepted'], outcome: 'accepted', findings: secret, conditions: JSON.stringify([]), checked_by: staff['fund_manager'], checked_at: at });
  await insert('fund_application_history', { application_id: ids['application.accepted'], call_id: ids['call.reviewing'], seq: 1, at, actor_name: key, what: 'submitted', note: secret });
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** One version with one article; submitted unless the policy is still being drafted. */
async function version(client: Client, insert: Insert, { key, cityId, staff, at }: Home, ids: Specimens, state: string, text: string, open: boolean): Promise<void> {
  const id = await insert('policy_version', {
    id: newId(), policy_id: ids[`policy.${state}`], no: 1, state: 'draft', created_by: staff['drafter'], created_at: at, is_public: open, drafting_note: open ? '' : text,
  });
  ids[`version.${state}`] = id;
  ids[`clause.${state}`] = `clause-${key}-${state}`;
  await insert('provision', { version_id: id, clause_id: 'art_1', seq: 0, identity: ids[`clause.${state}`], kind: 'article', label: '第一条', lead: '', text, is_public: open });
  if (state === 'drafting') return;
  await client.query(`UPDATE policy_version SET state = 'submitted', submitted_at = $3, submitted_by = $4, text_hash = $5 WHERE city_id = $1 AND id = $2`, [cityId, id, at, staff['drafter'], hashOf(text)]);
}

async function consultationSpecimens(client: Client, insert: Insert, home: Home, ids: Specimens, secret: string): Promise<void> {
  const { staff, at } = home;
  const { basis } = (await client.query<{ basis: object }>('SELECT basis FROM consultation WHERE city_id = $1 LIMIT 1', [home.cityId])).rows[0] ?? {};
  const inDays = (days: number): Date => new Date(at.getTime() + days * 86_400_000);
  ids['consultation'] = await insert('consultation', {
    id: newId(), policy_id: ids['policy.consulting'], version_id: ids['version.consulting'], title: `征求意见${home.key}`, purpose: '征求意见', state: 'open', opened_by: staff['drafter'],
    opens_at: inDays(-1), closes_at: inDays(30), receipt_salt: 'salt', basis,
  });
  const over = await insert('consultation', {
    id: newId(), policy_id: ids['policy.consulting'], version_id: ids['version.consulting'], title: `征求意见${home.key}`, purpose: '征求意见', state: 'closed', opened_by: staff['drafter'],
    opens_at: inDays(-40), closes_at: inDays(-10), closed_at: inDays(-10), received_count: 0, receipt_salt: 'salt', basis,
  });
  await insert('consultation_root', { consultation_id: over, version_id: ids['version.consulting'], size: 0, root: hashOf(''), leaves: Buffer.alloc(0), closed_at: inDays(-10), computed_at: inDays(-10) });
  const opinion = (n: number, hidden: boolean): Promise<string> => insert('opinion', {
    id: newId(), consultation_id: ids['consultation'], version_id: ids['version.consulting'], channel: 'website', stance: 'suggest', author_kind: 'enterprise', author_name: secret,
    author_account_id: home.enterprises[0]?.accountId, text: hidden ? secret : '一条意见', received_at: at, receipt_no: `${home.key}-${n}`, receipt_code_hash: hashOf(`${home.key}${home.cityId}${n}`),
    idempotency_key: `specimen-${home.key}-${n}`, moderation: hidden ? 'hidden' : 'shown', ...(hidden ? { moderation_reason: secret, moderated_by: staff['drafter'], moderated_at: at } : {}),
  });
  ids['opinion'] = await opinion(1, false);
  ids['opinion.hidden'] = await opinion(2, true);
  ids['opinion.own'] = await opinion(3, false);
  ids['draft.own'] = await insert('opinion_draft', { id: newId(), tenant_id: undefined, consultation_id: ids['consultation'], account_id: home.enterprises[0]?.accountId, text: secret, saved_at: at });
  ids['answer'] = await insert('opinion_answer', {
    id: newId(), consultation_id: ids['consultation'], opinion_id: ids['opinion'], disposition: 'noted', reason: secret, answered_by: staff['drafter'], answered_at: at,
  });
}

async function afterlifeSpecimens(insert: Insert, home: Home, ids: Specimens, secret: string): Promise<void> {
  const { staff, at } = home;
  await insert('interpretation_plan', {
    id: newId(), policy_id: ids['policy.drafting'], audience: secret, key_points: secret, channels: ['website'], updated_at: at, updated_by: staff['drafter'],
  });
  ids['material'] = await insert('interpretation_material', {
    id: newId(), policy_id: ids['policy.drafting'], kind: 'picture', title: `${secret}图解`, alt_text: secret, clause_identities: ['a1'], state: 'draft', author_id: staff['interpreter'], written_at: at,
  });
  await insert('interpretation_picture', { material_id: ids['material'], sha256: home.picture.sha256, size: home.picture.size, media_type: 'image/png', width: 4, height: 4 });
  const report = { policy_id: ids['policy.published'], evaluator_id: staff['evaluator'], period_from: '2026-01-01', period_to: '2026-05-31', created_at: at, reason: secret, summary: secret };
  ids['report.draft'] = await insert('evaluation_report', { id: newId(), ...report, state: 'draft' });
  ids['report.submitted'] = await insert('evaluation_report', { id: newId(), ...report, policy_id: ids['policy.issued'], state: 'submitted', conclusion: 'amend', submitted_at: at });
  const book = { title: secret, spec: JSON.stringify({ words: secret }), format: 'pdf', state: 'made', requested_by: staff['drafter'], requested_at: at, made_at: at, documents: 1,
    sha256: home.picture.sha256, size: home.picture.size,
  };
  ids['book.made'] = await insert('book', { id: newId(), ...book, idempotency_key: newId() });
  ids['book.published'] = await insert('book', { id: newId(), ...book, title: '汇编', idempotency_key: newId(), published_at: at, published_by: staff['department_head'] });
  ids['abolition'] = await insert('abolition_case', {
    id: newId(), policy_id: ids['policy.published'], source: 'manual', source_key: newId(), opened_by: staff['drafter'], opened_at: at, reason: secret,
  });
  await insert('abolition_settlement', {
    id: newId(), case_id: ids['abolition'], kind: 'interpretation.material', item_id: ids['material'], no: 1, title: secret, way: 'end', reason: secret, people: 0, funds_fen: 0, settled_by: staff['drafter'], settled_at: at,
  });
  ids['validityCase'] = await insert('validity_case', {
    id: newId(), policy_id: ids['policy.published'], kind: 'extend', reason: secret, new_to: '2031-01-01', proposed_by: staff['drafter'], proposed_at: at,
  });
  await insert('validity_change', { id: newId(), policy_id: ids['policy.published'], kind: 'abolished', known_at: at, effect_on: '2031-01-01' });
}
