import { PolicyModule } from '@core/policy';
import { ConsultationModule } from '@domains/consultation';
import { DraftingModule } from '@domains/drafting';
import {
  Assessors, campaignDesk, type CampaignReportContent, type CampaignSide, EvaluationModule, OpenCampaign, RunCampaign, SaveCampaignReport, type SaveSheetInput, SaveSheet, staffCampaignReport,
} from '@domains/evaluation';
import { FundingModule } from '@domains/funding';
import { InterpretationModule } from '@domains/interpretation';
import { LedgerModule } from '@domains/ledger';
import { type Actor, newId, type Role } from '@platform/kernel';
import { MalwareModule } from '@platform/malware';
import { EventProcessor } from '@platform/messaging';
import { type Office, openOffice } from './office';
import { insertPolicy, insertVersion } from './policies';

export interface EvaluationRound extends Office {
  drafter: Actor;
  leader: Actor;
  head: Actor;
  overseer: Actor;
  /** One fit person for each side. */
  sides: Readonly<Record<CampaignSide, Actor>>;
  outsider(kind: 'enterprise' | 'resident' | 'expert', name: string): Promise<Actor>;
  /** A published policy of two articles, drafted by the drafter. */
  publishedPolicy(title?: string): Promise<string>;
  open(policyIds: string[], by?: Actor): Promise<string>;
  /** Asks the five and starts; marks may come until 31 March 2026. */
  start(campaignId: string): Promise<void>;
  /** Each side marks each policy with so many tenths of each scale, and hands it in; null says "not known". */
  score(campaignId: string, policyId: string, marks: Partial<Record<CampaignSide, number | null>>): Promise<void>;
  /** From the opening to the report of one policy, which is then a draft. */
  toReport(policyId: string): Promise<string>;
  write(reportId: string, content: Partial<CampaignReportContent>, more?: { submit?: boolean; rowVersion?: number }): Promise<void>;
  /** Delivers every event that waits, until none does. */
  react(): Promise<void>;
}

const CREDIT_CODES = ['91999901MA0000001J', '91999901MA00000026'];
export const sheetOf = (marks: SaveSheetInput['marks'], more: Partial<SaveSheetInput> = {}): SaveSheetInput =>
  ({ marks, basis: 'judgement', surveyTitle: '', surveyAsked: null, surveyAnswered: null, remark: '', rowVersion: 0, submit: true, ...more });

export const wholeReport = (content: Partial<CampaignReportContent> = {}): CampaignReportContent => ({
  sections: { process: '五方评分，系统取数。', practice: '申报踊跃。', problems: '材料偏多。', advice: '精简材料。' }, conclusion: 'amend', reason: '第二条的材料要求过多。',
  clauses: [{ clauseId: 'art_2', proposal: 'amend', reason: '材料由六份减为三份。' }], nextReviewOn: null, ...content,
});

/** Every room that evaluation speaks with, on a database of its own, with the people whom a campaign needs. */
export async function openEvaluationRound(): Promise<EvaluationRound> {
  const office = await openOffice(PolicyModule, DraftingModule, ConsultationModule, InterpretationModule, FundingModule, EvaluationModule, LedgerModule, MalwareModule.forRoot({ clamdUrl: null }));
  const { cityId, sql } = office;
  const outsider = async (kind: 'enterprise' | 'resident' | 'expert', name: string): Promise<Actor> => {
    const id = newId();
    const enterpriseId = kind === 'enterprise' ? newId() : null;
    if (enterpriseId) await sql('INSERT INTO enterprise (city_id, id, credit_code, name) VALUES ($1, $2, $3, $4)', [cityId, enterpriseId, CREDIT_CODES.shift(), name]);
    await sql('INSERT INTO account (city_id, id, login, kind, display_name, enterprise_id) VALUES ($1, $2, $3, $4, $5, $6)', [cityId, id, id, kind, name, enterpriseId]);
    return { cityId, tenantId: null, accountId: id, name, roles: [kind], scope: 'own' };
  };
  const staff = (name: string, roles: Role[], tenantId?: string): Promise<Actor> => office.person(name, roles, tenantId);
  const [drafter, leader, head] = [await staff('起草人', ['drafter']), await staff('评估人', ['evaluator']), await staff('负责人', ['department_head'])];
  const overseer: Actor = { ...(await staff('督办人', ['overseer'], office.other)), scope: 'city' };
  const sides = {
    department: await staff('经办人', ['fund_manager']), authority: await staff('主管部门的人', ['legal_reviewer'], office.other), enterprises: await outsider('enterprise', '甲公司'),
    public: await outsider('resident', '居民'), expert: await outsider('expert', '专家'),
  };
  const home = { cityId, tenantId: office.drafting, keeperId: head.accountId as string };
  const round: EvaluationRound = {
    ...office, drafter, leader, head, overseer, sides, outsider,
    async publishedPolicy(title) {
      const id = await insertPolicy(office.unitOfWork, home, { state: 'published', ...(title ? { title } : {}) });
      await insertVersion(office.unitOfWork, home, id, ['补助百分之十。', '提交六份材料。'], drafter.accountId as string);
      await sql(`UPDATE policy SET current_version_id = (SELECT v.id FROM policy_version v WHERE v.city_id = $1 AND v.policy_id = $2) WHERE city_id = $1 AND id = $2`, [cityId, id]);
      return id;
    },
    open: (policyIds, by = leader) => office.get(OpenCampaign).run(by, { title: '2026年度政策评估', trigger: 'decision', reason: '市政府常务会议决定。', periodFrom: '2026-01-01', periodTo: '2026-02-28', policyIds }),
    async start(campaignId) {
      for (const [side, person] of Object.entries(sides)) await office.get(Assessors).assign(leader, campaignId, side as CampaignSide, person.accountId as string);
      await office.get(RunCampaign).start(leader, campaignId, '2026-03-31');
    },
    async score(campaignId, policyId, marks) {
      const { campaign } = await office.unitOfWork.run(leader, (tx) => campaignDesk(tx, campaignId));
      for (const [side, tenths] of Object.entries(marks) as [CampaignSide, number | null][]) {
        const own = campaign.indicators.filter((one) => one.sides.includes(side));
        await office.get(SaveSheet).run(sides[side], campaignId, policyId, sheetOf(Object.fromEntries(own.map(({ key, max }) => [key, { score: tenths === null ? null : (tenths * max) / 10, note: '理由' }]))));
      }
    },
    async toReport(policyId) {
      const id = await round.open([policyId]);
      await round.start(id);
      await round.score(id, policyId, { department: 9, authority: 8, enterprises: 6, public: 5, expert: 7 });
      await office.get(RunCampaign).close(leader, id);
      return (await office.unitOfWork.run(leader, (tx) => campaignDesk(tx, id))).policies[0]?.reportId ?? '';
    },
    async write(reportId, content, { submit = true, rowVersion } = {}) {
      const seen = rowVersion ?? (await office.unitOfWork.run(leader, (tx) => staffCampaignReport(tx, reportId))).rowVersion;
      await office.get(SaveCampaignReport).run(leader, reportId, { ...wholeReport(content), submit, rowVersion: seen });
    },
    async react() {
      for (let left = true; left;) {
        const waiting = await sql<{ id: string }>('SELECT id FROM outbox WHERE city_id = $1 AND done_at IS NULL ORDER BY created_at, id', [cityId]);
        for (const { id } of waiting) await office.get(EventProcessor).process(cityId, id);
        left = waiting.length > 0;
      }
    },
  };
  return round;
}
