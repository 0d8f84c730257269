import { ARTICLES } from '../articles';
import { Faults, filled, type Judge, words } from './signature';

/** 风险可控, 采取措施后可控, 风险不可控. */
export const RISK_LEVELS = ['controllable', 'with_measures', 'uncontrollable'] as const;

/** 风险评估: a report with the risks, the measures and who was heard (§23). What is not under control goes back and is not decided (§24). */
export const judgeRiskAssessment: Judge = (signature, { attachments, article }) => {
  const faults = new Faults();
  const { conclusion } = signature;
  faults.need('conclusion', RISK_LEVELS.some((known) => known === conclusion), 'conclusion', article);
  faults.need('conclusion', attachments.has('risk_report'), 'riskReport', ARTICLES.riskReport);
  faults.need('risks', filled(signature.risks), 'risks', ARTICLES.riskReport);
  faults.need('heard', filled(signature.heard), 'riskHeard', ARTICLES.riskReport);
  faults.need('measures', conclusion !== 'with_measures' || filled(signature.measures), 'measures', ARTICLES.riskControl);
  faults.need('changes', conclusion !== 'uncontrollable' || filled(signature.changes), 'riskChanges', ARTICLES.riskControl);
  return {
    outcome: conclusion === 'uncontrollable' ? 'returned' : 'passed',
    record: { conclusion, risks: words(signature.risks), heard: words(signature.heard), measures: words(signature.measures), changes: words(signature.changes) },
    faults: faults.list,
  };
};
