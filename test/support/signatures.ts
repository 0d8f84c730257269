import type { Docket } from '@core/policy';
import type { Signature } from '@domains/drafting';

const PASSED: Readonly<Record<Docket, Signature>> = {
  expert_argument: { conclusion: 'feasible', opinion: '专家意见汇总' },
  risk_assessment: { conclusion: 'controllable', opinion: '风险可控', risks: '一处风险', heard: '听取了两个部门的意见' },
  legality: { conclusion: 'lawful', opinion: '审查意见' },
  fair_competition: { conclusion: 'none', opinion: '审查意见', heard: '书面征求三家企业意见', access: 'clear', flow: 'clear', cost: 'clear', conduct: 'clear' },
  collective_deliberation: {
    conclusion: 'adopted', opinion: '审查意见', meeting: 'bureau', heldOn: '2026-03-02', members: 9, present: 8, minutes: '会议纪要', votesFor: 7, votesAgainst: 0, votesAbstain: 0,
    headLast: true, partyReport: '已向同级党委请示报告',
  },
};
const RETURNED: Readonly<Record<Docket, Partial<Signature>>> = {
  expert_argument: { conclusion: 'amend' }, risk_assessment: { conclusion: 'uncontrollable' }, legality: { conclusion: 'amend' }, fair_competition: { conclusion: 'amend' },
  collective_deliberation: { conclusion: 'adopted_in_principle' },
};

/** A signature of this kind with nothing missing, that lets the text pass or sends it back. */
export const signatureOf = (kind: Docket, outcome: 'passed' | 'returned' = 'passed', more: Partial<Signature> = {}): Signature => ({
  ...PASSED[kind], ...(outcome === 'returned' ? { ...RETURNED[kind], changes: '须修改第二条' } : {}), ...more,
});

/** The same as the fields of a page's form. */
export const formOf = (signature: Signature): Record<string, string> => Object.fromEntries(
  Object.entries(signature).filter(([, value]) => value !== undefined && typeof value !== 'object').map(([name, value]) => [name, value === true ? 'on' : String(value)]));
