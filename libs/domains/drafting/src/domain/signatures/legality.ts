import { ARTICLES } from '../articles';
import { Faults, filled, type Judge, words } from './signature';

export const LEGALITY_CONCLUSIONS = ['lawful', 'amend', 'unlawful'] as const;

/**
 * 合法性审核（审查）: lawful, to be changed, unlawful. A reform without a rule of the state may go on with its legal risk told (§25). Rows of findings left
 * empty do not count; a faulty one is told by its place: `findings-0`.
 */
export const judgeLegality: Judge = (signature, { policyKind, clauses, pending, article }) => {
  const faults = new Faults();
  const { conclusion } = signature;
  const findings = (signature.findings ?? []).map((finding, row) => ({ ...finding, row })).filter(({ identity, text }) => identity !== '' || filled(text));
  faults.need('conclusion', LEGALITY_CONCLUSIONS.some((known) => known === conclusion), 'conclusion', article);
  faults.need('changes', conclusion === 'lawful' || filled(signature.changes), 'changes', policyKind === 'major_decision' ? ARTICLES.decisionLegality : article);
  for (const { identity, text, row } of findings) faults.need(`findings-${row}`, filled(text) && (identity === '' || clauses.has(identity)), 'finding', article);
  const earlier = pending.filter((kind) => kind === 'expert_argument' || kind === 'risk_assessment');
  faults.need('conclusion', conclusion !== 'lawful' || earlier.length === 0, `before_${earlier.join('_and_') || 'none'}`, ARTICLES.decisionLegalityScope);
  return {
    outcome: conclusion === 'lawful' ? 'passed' : 'returned',
    record: {
      conclusion, changes: words(signature.changes), legalRisk: words(signature.legalRisk),
      findings: findings.map(({ identity, text }) => ({ identity, text: words(text) })),
    },
    faults: faults.list,
  };
};
