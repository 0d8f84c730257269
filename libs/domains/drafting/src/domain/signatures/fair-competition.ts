import { ARTICLES } from '../articles';
import { Faults, filled, type Judge, STANDARD_ANSWERS, words } from './signature';

/** 未限制竞争, 限制竞争但符合例外规定, 应当修改. */
export const COMPETITION_CONCLUSIONS = ['none', 'exception', 'amend'] as const;
/** The four groups of standards: 市场准入和退出, 商品要素自由流动, 生产经营成本, 生产经营行为 (公平竞争审查条例 §8–11). */
export const STANDARD_GROUPS = ['access', 'flow', 'cost', 'conduct'] as const;
/** The four purposes of §12. */
export const EXCEPTION_PURPOSES = ['security', 'technology', 'public_interest', 'statute'] as const;

const GROUP_ARTICLE = { access: '第八条', flow: '第九条', cost: '第十条', conduct: '第十一条' } as const;

/**
 * 公平竞争审查: those concerned are heard (§16), each group of standards is answered, and what restricts competition goes out only with a purpose of
 * §12, no lesser alternative, and an end.
 */
export const judgeFairCompetition: Judge = (signature, { article, today }) => {
  const faults = new Faults();
  const { conclusion } = signature;
  faults.need('conclusion', COMPETITION_CONCLUSIONS.some((known) => known === conclusion), 'conclusion', article);
  faults.need('heard', filled(signature.heard), 'heard', ARTICLES.competitionHearing);
  for (const group of STANDARD_GROUPS) {
    faults.need(group, STANDARD_ANSWERS.some((known) => known === signature[group]), 'standard', `《公平竞争审查条例》${GROUP_ARTICLE[group]}`);
  }
  const concerned = STANDARD_GROUPS.some((group) => signature[group] === 'concern');
  faults.need('conclusion', conclusion !== 'none' || !concerned, 'concernUnanswered', ARTICLES.competitionGate);
  faults.need('conclusion', conclusion === 'none' || concerned || conclusion === 'amend', 'noConcern', ARTICLES.competitionConclusion);
  faults.need('changes', conclusion !== 'amend' || filled(signature.changes), 'changes', ARTICLES.competitionGate);
  const exception = conclusion === 'exception';
  if (exception) {
    faults.need('purpose', EXCEPTION_PURPOSES.some((known) => known === signature.purpose), 'purpose', ARTICLES.competitionException);
    faults.need('alternative', filled(signature.alternative), 'alternative', ARTICLES.competitionException);
    faults.need('endsOn', filled(signature.endsOn) ? (signature.endsOn ?? '') > today : filled(signature.termination), 'exceptionEnd', ARTICLES.competitionException);
  }
  return {
    outcome: conclusion === 'none' || exception ? 'passed' : 'returned',
    record: {
      conclusion, heard: words(signature.heard), changes: words(signature.changes),
      standards: Object.fromEntries(STANDARD_GROUPS.map((group) => [group, signature[group] ?? null])),
      exception: exception
        ? { purpose: signature.purpose, alternative: words(signature.alternative), endsOn: signature.endsOn || null, termination: words(signature.termination) } : null,
    },
    faults: faults.list,
  };
};
