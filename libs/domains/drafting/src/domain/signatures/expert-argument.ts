import { ARTICLES } from '../articles';
import { Faults, filled, type Judge, words } from './signature';

/** 论证认为可行, 论证认为须修改. */
export const ARGUMENT_CONCLUSIONS = ['feasible', 'amend'] as const;

/**
 * 专家论证: concluded when every expert without a direct interest has signed, and each reservation was dealt with: one
 * that was not is told by its seat, `handling-<id>`.
 */
export const judgeExpertArgument: Judge = (signature, { seats, article }) => {
  const faults = new Faults();
  const { conclusion, handling = [] } = signature;
  const handled = new Map(handling.map(({ seatId, text }) => [seatId, words(text)]));
  const active = seats.filter((seat) => seat.interest !== 'direct');
  const signed = active.filter((seat) => seat.view !== null);
  faults.need('conclusion', ARGUMENT_CONCLUSIONS.some((known) => known === conclusion), 'conclusion', article);
  faults.need('conclusion', signed.length > 0, 'noExpert', ARTICLES.expertArgument);
  faults.need('conclusion', signed.length === active.length, 'expertWaiting', ARTICLES.expertArgument);
  for (const { id, view } of signed) faults.need(`handling-${id}`, view === 'feasible' || filled(handled.get(id)), 'handling', ARTICLES.expertArgument);
  faults.need('changes', conclusion === 'feasible' || filled(signature.changes), 'changes', article);
  return {
    outcome: conclusion === 'feasible' ? 'passed' : 'returned',
    record: { conclusion, changes: words(signature.changes), handling: Object.fromEntries(signed.map((seat) => [seat.id, handled.get(seat.id) ?? ''])) },
    faults: faults.list,
  };
};
