import type { CampaignReportContent, CampaignSide } from '@domains/evaluation';
import type { IsoDate } from '@platform/kernel';
import type { DepartmentKey } from './keys';

/** Marks of one person: on the scale of ten, in the order of the indicators that his side is asked; null for "not known". */
export interface MarksContent {
  side: CampaignSide;
  /** Who gives them: `labour/legal_reviewer`, `enterprise/0` … */
  person: string;
  marks: readonly (number | null)[];
  note: string;
  remark?: string;
  survey?: { title: string; asked: number; answered: number };
}

export interface CampaignContent {
  /** The policy that is evaluated. */
  policy: 'industry' | 'market-credit';
  department: DepartmentKey;
  title: string;
  reason: string;
  opens: IsoDate;
  periodFrom: IsoDate;
  closesOn: IsoDate;
  /** Whether its enterprises are surveyed too. */
  survey?: true;
  /** Who is asked; those without marks have handed in nothing yet. */
  asked: readonly (Pick<MarksContent, 'side' | 'person'> & Partial<MarksContent>)[];
  /** Null while marks are still being given. */
  report: (Omit<CampaignReportContent, 'clauses' | 'nextReviewOn'> & { clauses: readonly { article: number; proposal: 'amend' | 'keep'; reason: string }[] }) | null;
}

export const CAMPAIGNS: readonly CampaignContent[] = [
  {
    policy: 'industry', department: 'industry', title: '2026年度产业扶持政策评估', reason: '市政府常务会议决定：资金政策实施满半年的，先评估、再安排下一年度资金。',
    opens: '2026-04-13', periodFrom: '2025-10-23', closesOn: '2026-04-30', survey: true,
    asked: [
      { side: 'department', person: 'industry/fund_manager', marks: [9, 8, 8, 8], note: '资金兑现按时，补正主要集中在发票和设备清单。' },
      { side: 'department', person: 'industry/finance_officer', marks: [9, 8, 7, 8], note: '拨付没有差错；跨年度项目的凭证核对费时。' },
      { side: 'authority', person: 'labour/legal_reviewer', marks: [9, 8, 8, 7], note: '没有发现与上位法不一致的条款；用工增长与补助的关系还不明显。' },
      { side: 'authority', person: 'market/fair_competition_reviewer', marks: [8, 7, 8, null], note: '没有指定经营者的内容；产业效果不在本局掌握范围。' },
      { side: 'enterprises', person: 'enterprise/0', marks: [7, 6, 7, 8], note: '政策有用，申报材料偏多，同一份证明交了两次。' },
      { side: 'enterprises', person: 'enterprise/2', marks: [7, 5, 6, 7], note: '首次申报不清楚设备清单怎么填，补正了一次。' },
      { side: 'public', person: 'resident/0', marks: [8, 7, 5, 7], note: '图解看得懂，但是在网站上不好找。' },
      { side: 'expert', person: 'expert/0', marks: [9, 8, 7, 7], note: '条件客观、可核查；建议把补助与能耗水平挂钩。' },
    ],
    report: {
      sections: {
        process: '由五方八人按五项指标评分，同时由系统从申报、评审、公示、拨付和解读的记录中取数。起草人和评审前的论证人员没有参加。',
        practice: '申报、评审、公示、拨付均在承诺的期限内完成，没有逾期事项。评审专家抽取可以复核，公示期间的异议都有书面答复。',
        problems: '企业反映申报材料偏多，同类证明重复提交；初次申报的企业对设备清单的填法不清楚，补正集中在这里。群众反映政策不易找到。',
        advice: '保留补助标准和程序，精简申报材料，能够通过数据共享核验的不再要求企业提交；补充设备清单的填写示例；改进检索入口。',
      },
      conclusion: 'amend', reason: '政策目的正在实现，各方总体认可；申报材料的要求需要修改，其余条款继续执行。',
      clauses: [{ article: 0, proposal: 'amend', reason: '能够通过数据共享核验的材料不再要求企业提交，并附设备清单填写示例。' }],
    },
  },
  {
    policy: 'market-credit', department: 'market', title: '信用修复便利化政策实施评估', reason: '市政府部署：涉及经营主体的措施实施满半年后听取经营主体意见。',
    opens: '2026-05-18', periodFrom: '2026-01-01', closesOn: '2026-06-19',
    asked: [
      { side: 'department', person: 'market/registrar', marks: [9, 8, 9, 8], note: '受理和修复都在期限以内。' },
      { side: 'authority', person: 'justice/legal_reviewer' },
      { side: 'enterprises', person: 'enterprise/1', marks: [9, 8, 8, 9], note: '没有收费，七天内办好。', survey: { title: '商会会员问卷', asked: 120, answered: 96 } },
      { side: 'enterprises', person: 'enterprise/3' },
      { side: 'public', person: 'resident/1' },
      { side: 'expert', person: 'expert/1' },
    ],
    report: null,
  },
];
