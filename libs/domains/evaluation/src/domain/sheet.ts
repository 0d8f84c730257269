import type { FieldError } from '@platform/kernel';
import type { Indicator } from './indicators';
import type { CampaignSide } from './sides';

/** One mark with its reason. */
export interface Mark {
  /** On the indicator's scale; null where the assessor does not know, which is not nought. */
  score: number | null;
  note: string;
}

/** What marks rest on: the assessor's own judgement, or a survey that was taken of his side. */
export const BASES = ['judgement', 'survey'] as const;
export type Basis = (typeof BASES)[number];

export interface SheetContent {
  marks: Readonly<Record<string, Mark>>;
  basis: Basis;
  /** Of a survey: what it was, how many were asked and how many answered. */
  surveyTitle: string;
  surveyAsked: number | null;
  surveyAnswered: number | null;
  remark: string;
}

export const asked = (indicators: readonly Indicator[], side: CampaignSide): Indicator[] => indicators.filter(({ sides }) => sides.includes(side));

const isCount = (value: number | null): value is number => value !== null && Number.isInteger(value) && value >= 1 && value <= 10_000_000;

/** What is wrong with a sheet. Handed in, it says of each indicator something or that it is not known, with a reason; and it says something at all. */
export function sheetFaults(content: SheetContent, indicators: readonly Indicator[], side: CampaignSide, submit: boolean): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (field: string, key: string, params?: Record<string, unknown>): void => {
    faults.push({ field, key: `appraisal:error.${key}`, ...(params ? { params } : {}) });
  };
  const own = asked(indicators, side);
  for (const key of Object.keys(content.marks)) if (!own.some((one) => one.key === key)) fault(`score_${key}`, 'notAsked');
  for (const { key, max } of own) {
    const { score = null, note = '' } = content.marks[key] ?? {};
    if (score !== null && (!Number.isInteger(score) || score < 0 || score > max)) fault(`score_${key}`, 'markRange', { max });
    if (note.length > 1000) fault(`note_${key}`, 'tooLong');
    if (submit && !note.trim()) fault(`note_${key}`, score === null ? 'unknownReason' : 'markReason');
  }
  if (submit && own.every(({ key }) => (content.marks[key]?.score ?? null) === null)) fault(`score_${own[0]?.key ?? ''}`, 'nothingKnown');
  if (content.remark.length > 4000) fault('remark', 'tooLong');
  if (content.basis === 'survey') {
    if (!content.surveyTitle.trim() || content.surveyTitle.length > 200) fault('surveyTitle', 'surveyTitle');
    if (!isCount(content.surveyAsked)) fault('surveyAsked', 'surveyCount');
    if (!isCount(content.surveyAnswered)) fault('surveyAnswered', 'surveyCount');
    else if (isCount(content.surveyAsked) && content.surveyAnswered > content.surveyAsked) fault('surveyAnswered', 'surveyMore');
  }
  return faults;
}
