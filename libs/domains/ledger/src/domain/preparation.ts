import { type FieldError, isDay, type IsoDate } from '@platform/kernel';
import type { NotAskedGround, OpinionsState } from './abolition';

/** What the drafters put down before a case is reviewed and decided. */
export interface Preparation {
  opinions: OpinionsState | null;
  /** The consultation in which the public was asked; it may be that on the policy that takes the place of this one. */
  consultationId: string | null;
  /** Why it was not asked. */
  opinionsGround: NotAskedGround | null;
  opinionsNote: string;
  replacedBy: string | null;
  /** 过渡安排. */
  transition: string;
  effectOn: IsoDate | null;
}

/** A policy that is to take the place of another, as it stands when it is looked at. */
export interface Replacement {
  id: string;
  state: string;
  effectiveFrom: IsoDate | null;
  effectiveTo: IsoDate | null;
}

/** Whether a policy holds on the day on which it is to take the place of another; before the day is known, whether it is published. */
export function canReplace(policyId: string, { id, state, effectiveFrom, effectiveTo }: Replacement, on: IsoDate | null): boolean {
  if (id === policyId || state !== 'published' || !effectiveFrom) return false;
  return on === null || (effectiveFrom <= on && (effectiveTo === null || effectiveTo >= on));
}

/** What is wrong with a preparation, field by field; whether the ids in it are of this city is asked where they are read. */
export function preparationFaults(input: Preparation, today: IsoDate): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (field: string, key: string): void => {
    faults.push({ field, key: `abolition:error.${key}` });
  };
  if (input.opinions === null) fault('opinions', 'opinionsNeeded');
  if (input.opinions === 'asked' && !input.consultationId && !input.opinionsNote.trim()) fault('opinionsNote', 'askedHow');
  if (input.opinions === 'not_asked') {
    if (!input.opinionsGround) fault('opinionsGround', 'groundNeeded');
    if (!input.opinionsNote.trim()) fault('opinionsNote', 'notAskedWhy');
    if (input.opinionsGround === 'replaced' && !input.replacedBy) fault('replacedBy', 'replacementNeeded');
  }
  if (!input.effectOn || !isDay(input.effectOn)) fault('proposedEffectOn', 'dayNeeded');
  else if (input.effectOn < today) fault('proposedEffectOn', 'dayPast');
  return faults;
}
