import { type Conclusion, type FollowUp, type Rating, type SaveReportInput, type Side, SIDES } from '@domains/evaluation';
import type { SaveReportDto } from './evaluation.dto';

export const TONE_OF_CONCLUSION: Readonly<Record<Conclusion, string>> = { keep: 'success', amend: 'warning', abolish: 'danger' };

export const TONE_OF_FOLLOW_UP: Readonly<Record<FollowUp['state'], string>> = { waiting: 'warning', taken_up: 'info', done: 'success', refused: 'danger' };

/** The sides in their lasting order, each with its rating, or with none yet. */
export const sidesOf = (ratings: readonly Rating[]): { side: Side; rating?: number; evidence?: string }[] =>
  SIDES.map((side) => ({ side, ...ratings.find((rating) => rating.side === side) }));

/** The rows of the bar chart. */
export const chartOf = (ratings: readonly Rating[]): { key: string; value: number }[] =>
  sidesOf(ratings).flatMap(({ side, rating }) => (rating === undefined ? [] : [{ key: `evaluation:side.${side}`, value: rating }]));

/** What the form says; a side that was given no mark counts as not heard. */
export function saveInput(dto: SaveReportDto): SaveReportInput {
  return {
    rowVersion: Number(dto.rowVersion), submit: dto.action === 'submit',
    summary: dto.summary ?? '', conclusion: dto.conclusion || null, reason: dto.reason ?? '',
    nextReviewOn: dto.nextReviewOn || null,
    ratings: SIDES.flatMap((side) => {
      const rating = dto[`${side}Rating`];
      return rating ? [{ side, rating: Number(rating), evidence: dto[`${side}Evidence`] ?? '' }] : [];
    }),
  };
}
