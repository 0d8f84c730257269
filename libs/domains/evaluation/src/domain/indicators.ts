import type { FieldError } from '@platform/kernel';
import { CAMPAIGN_SIDES, type CampaignSide, type SideWeights } from './sides';

/** What is judged, as a campaign holds it: a copy from the library that the department may have adapted. */
export interface Indicator {
  /** Stays the same when the words change, so that years can be compared. */
  key: string;
  name: string;
  /** What an assessor is asked. */
  question: string;
  /** What it counts within a side, in hundredths. */
  weight: number;
  /** The highest mark of its scale; the lowest is nought. */
  max: number;
  /** Who is asked. Whoever is not asked does not lack an answer. */
  sides: readonly CampaignSide[];
}

export const MAX_INDICATORS = 12;
/** Scales that people can tell apart: five or ten steps, or a hundred. */
export const SCALES = [5, 10, 100] as const;

const isShare = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 100;

/**
 * What is wrong with a set: each indicator has its words, a whole weight of at least one, a known scale and somebody who is asked; weights add up to
 * 100 within the set and between the sides; and every side that counts is asked something. `prefix` names the fields of a form.
 */
export function setFaults(indicators: readonly Indicator[], sideWeights: SideWeights): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (field: string, key: string, params?: Record<string, unknown>): void => {
    faults.push({ field, key: `appraisal:error.${key}`, ...(params ? { params } : {}) });
  };
  if (indicators.length === 0 || indicators.length > MAX_INDICATORS) fault('name0', 'indicatorCount', { max: MAX_INDICATORS });
  const keys = new Set<string>();
  for (const [at, { key, name, question, weight, max, sides }] of indicators.entries()) {
    if (!/^[a-z][a-z0-9_]{1,30}$/.test(key) || keys.has(key)) fault(`name${at}`, 'indicatorKey');
    keys.add(key);
    if (!name.trim() || name.length > 60) fault(`name${at}`, 'indicatorName');
    if (!question.trim() || question.length > 300) fault(`question${at}`, 'indicatorQuestion');
    if (!isShare(weight) || weight < 1) fault(`weight${at}`, 'weightRange');
    if (!(SCALES as readonly number[]).includes(max)) fault(`max${at}`, 'scale');
    if (sides.length === 0 || sides.some((side) => !CAMPAIGN_SIDES.includes(side)) || new Set(sides).size !== sides.length) fault(`sides${at}`, 'indicatorSides');
  }
  const total = indicators.reduce((sum, { weight }) => sum + weight, 0);
  if (indicators.length > 0 && total !== 100) fault('weight0', 'weightSum', { sum: Number.isFinite(total) ? total : 0 });
  for (const side of CAMPAIGN_SIDES) {
    if (!isShare(sideWeights[side])) fault(`side_${side}`, 'sideRange');
    else if (sideWeights[side] > 0 && !indicators.some(({ sides }) => sides.includes(side))) fault(`side_${side}`, 'sideUnasked');
  }
  const between = CAMPAIGN_SIDES.reduce((sum, side) => sum + sideWeights[side], 0);
  if (between !== 100) fault('side_department', 'sideSum', { sum: Number.isFinite(between) ? between : 0 });
  return faults;
}
