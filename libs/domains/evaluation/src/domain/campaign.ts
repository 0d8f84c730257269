import { DomainError, type FieldError, isDay, type IsoDate, TransitionTable } from '@platform/kernel';

/** Why an evaluation is due: the last day comes near, the cycle has come round, many opinions came in, somebody who may decided it. */
export const TRIGGERS = ['expiry', 'cycle', 'opinions', 'decision'] as const;
export type Trigger = (typeof TRIGGERS)[number];

export type CampaignState = 'preparing' | 'scoring' | 'reporting' | 'cancelled';
export type CampaignStep = 'start' | 'close' | 'cancel';

/** Set up, scored, written up. It is finished when each of its reports is published, which follows from these. */
export const CAMPAIGN_LIFE = new TransitionTable<CampaignState, CampaignStep>('evaluation campaign', {
  initial: 'preparing',
  final: ['reporting', 'cancelled'],
  states: ['preparing', 'scoring', 'reporting', 'cancelled'],
  transitions: [
    { name: 'start', from: ['preparing'], to: 'scoring' },
    { name: 'close', from: ['scoring'], to: 'reporting' },
    { name: 'cancel', from: ['preparing', 'scoring'], to: 'cancelled' },
  ],
});

/** Most policies that one campaign judges. */
export const MAX_SCOPE = 10;

export interface CampaignOpening {
  title: string;
  trigger: Trigger;
  /** What the trigger rests on; who decided it and where, for a decision. */
  reason: string;
  periodFrom: IsoDate;
  periodTo: IsoDate;
  policyIds: readonly string[];
}

/** What is wrong with an opening; the time that is evaluated is past or present. */
export function openingFaults(input: CampaignOpening, today: IsoDate): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (field: string, key: string, params?: Record<string, unknown>): void => {
    faults.push({ field, key, ...(params ? { params } : {}) });
  };
  if (!input.title.trim() || input.title.length > 200) fault('title', 'appraisal:error.title');
  if (!input.reason.trim() || input.reason.length > 2000) fault('reason', 'appraisal:error.reason');
  for (const field of ['periodFrom', 'periodTo'] as const) if (!isDay(input[field])) fault(field, 'evaluation:error.dayNeeded');
  if (faults.every(({ field }) => field !== 'periodFrom' && field !== 'periodTo')) {
    if (input.periodTo < input.periodFrom) fault('periodTo', 'evaluation:error.periodOrder');
    else if (input.periodTo > today) fault('periodTo', 'evaluation:error.periodFuture');
  }
  const count = new Set(input.policyIds).size;
  if (count === 0 || count > MAX_SCOPE) fault('policyIds', 'appraisal:error.scope', { max: MAX_SCOPE });
  return faults;
}

/** Refuses (`invalid`) a last day for marks that does not exist or has passed. */
export function assertClosing(closesOn: IsoDate, today: IsoDate): void {
  const key = !isDay(closesOn) ? 'evaluation:error.dayNeeded' : closesOn < today ? 'appraisal:error.closesInPast' : null;
  if (key) throw DomainError.invalid(key, [{ field: 'closesOn', key }]);
}
