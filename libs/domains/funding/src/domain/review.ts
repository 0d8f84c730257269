import type { ApplicationData } from './application';
import type { Criterion } from './call';

export interface ReviewState {
  conflict: 'none' | 'declared' | null;
  /** The signed total, 0–100; null while unsigned. */
  total: number | null;
}

export interface ReviewStatus {
  /** What has to happen before a decision: another expert, signatures, one more expert for divergence, or nothing. */
  needs: 'conflict' | 'signatures' | 'divergence' | 'nothing';
  /** Experts who take part, that is without those who declared a conflict. */
  taking: number;
  signed: number;
  /** Highest minus lowest signed total; null below two. */
  spread: number | null;
  /** The median of the signed totals; null while none is signed. */
  score: number | null;
}

/** The weighted total of the scores, two decimals. Null where a criterion is missing, unknown, or not a whole number from 0 to 100. */
export function totalOf(criteria: readonly Criterion[], scores: Readonly<Record<string, number>>): number | null {
  if (Object.keys(scores).length !== criteria.length) return null;
  let hundredths = 0;
  for (const { key, weight } of criteria) {
    const score = scores[key];
    if (score === undefined || !Number.isInteger(score) || score < 0 || score > 100) return null;
    hundredths += score * weight;
  }
  return hundredths / 100;
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const value = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return Math.round(value * 100) / 100;
}

/**
 * Where the reviews of one application stand. A spread above the threshold asks for one more expert, once; the median then keeps a single far-off
 * score from deciding.
 */
export function reviewStatus(reviews: readonly ReviewState[], needed: number, threshold: number): ReviewStatus {
  const taking = reviews.filter((review) => review.conflict !== 'declared');
  const totals = taking.flatMap(({ total }) => (total === null ? [] : [total]));
  const spread = totals.length < 2 ? null : Math.round((Math.max(...totals) - Math.min(...totals)) * 100) / 100;
  const status = { taking: taking.length, signed: totals.length, spread, score: median(totals) };
  if (taking.length < needed) return { ...status, needs: 'conflict' };
  if (totals.length < taking.length) return { ...status, needs: 'signatures' };
  if (taking.length === needed && spread !== null && spread > threshold) return { ...status, needs: 'divergence' };
  return { ...status, needs: 'nothing' };
}

const COMPANY = /(集团)?(股份)?(有限责任|有限)公司$|集团$/;
const MASK = '［申报单位］';

/** What an expert sees of an application: no name, no credit code, also where the applicant wrote them into the text. */
export function blinded(data: ApplicationData, enterprise: { name: string; creditCode: string }): ApplicationData {
  const short = enterprise.name.replace(COMPANY, '');
  const words = [enterprise.name, enterprise.creditCode, ...(short.length >= 4 ? [short] : [])];
  // Case-blind, because credit codes are typed in either case; the longest word first, so that a short name inside it leaves no rest.
  const pattern = new RegExp(words.sort((a, b) => b.length - a.length).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'gi');
  return { title: data.title.replace(pattern, MASK), summary: data.summary.replace(pattern, MASK), amountFen: data.amountFen };
}
