import { adoptedOpinions } from './opinions-adopted';
import type { OpinionContent } from './opinion-type';
import { otherOpinions } from './opinions-other';

/** The thirty opinions on the industry policy, each with its answer; two campaigns of four and three nearly say the same. */
export const opinions: readonly OpinionContent[] = [...adoptedOpinions, ...otherOpinions];
