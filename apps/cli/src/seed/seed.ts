import { writeFileSync } from 'node:fs';
import { chinaInstant, type IsoDate, systemClock } from '@platform/kernel';
import { PublicReader } from '@platform/persistence';
import type { INestApplicationContext } from '@nestjs/common';
import { withApplication } from '../application';
import { openAbolition } from './abolition-round';
import { campaignRound } from './campaign-round';
import { circulationRound } from './circulation-round';
import { cleanupRound } from './cleanup-round';
import { cityPlanOf2026 } from './city-plan';
import { CAMPAIGNS, CITIES, CLEANUPS, type CityContent, finishedCirculation, industryPolicy, openCirculation, opinions, otherPolicies, secondText } from './content';
import { fundingRound } from './funding-round';
import { WHILE_CONSULTING } from './consulting';
import { ABOLITION_OPENS, CIRCULATIONS, EVALUATIONS, INDUSTRY_START, STARTS } from './dates';
import { type Life, type LifePlan, liveOn, play } from './lives';
import { repealRound } from './repeal-round';
import { scoreRound } from './score-round';
import type { PolicyScript } from './life';
import { peopleOf } from './people';
import { UNDER_REVIEW } from './reviews';
import { industryScript, scriptOf } from './scripts';
import { Stage, type StageClock, stageClock } from './stage';

/** The day on which the demonstration begins for its visitors. Fixed, so that it is the same on every machine. */
export const PRESENT: IsoDate = '2026-06-01';
const BEGINNING = '2020-11-02T08:00:00+08:00';

export interface SeedOptions {
  password: string;
  /** Where the demonstration's clock is kept, if it has one. */
  clockFile?: string | undefined;
  say(line: string): void;
}

/** Fills an empty database with the demonstration, by letting its people live their years; does nothing where there is a city already. */
export async function seedDemonstration(options: SeedOptions): Promise<boolean> {
  const clock = stageClock(BEGINNING);
  return withApplication(async (app) => {
    const [city] = await app.get(PublicReader).query('SELECT id FROM city LIMIT 1');
    if (city) return false;
    await playDemonstration(app, clock, options);
    if (options.clockFile) {
      const offsetMs = chinaInstant(PRESENT, '09:00:00').getTime() - systemClock.now().getTime();
      writeFileSync(options.clockFile, JSON.stringify({ offsetMs }));
    }
    return true;
  }, clock);
}

/** Plays the years of both cities in any application that runs on this clock; it stands at the demonstration's first morning when they are over. */
export async function playDemonstration(app: INestApplicationContext, clock: StageClock, { password, say }: Pick<SeedOptions, 'password' | 'say'>): Promise<void> {
  for (const content of CITIES) {
    say(`${content.name} …`);
    clock.set(BEGINNING);
    await seedCity(app, clock, content, password);
  }
}

async function seedCity(app: INestApplicationContext, clock: StageClock, city: CityContent, password: string): Promise<void> {
  const stage = new Stage(app, clock, city.code);
  await peopleOf(stage, city, password);
  const ids = new Map<string, string>();
  const plans: LifePlan[] = otherPolicies.filter((policy) => policy.city === city.code).map((policy) => {
    const replaced = otherPolicies.find((other) => other.supersededBy === policy.key)?.key;
    const [script, underReview, consulting] = [scriptOf(policy), UNDER_REVIEW[policy.key], WHILE_CONSULTING[policy.key]];
    return {
      script, start: STARTS[policy.key] ?? PRESENT, until: policy.state === 'superseded' ? 'published' : policy.state,
      validYears: policy.validYears, inForce: policy.inForce, evaluation: policy.evaluation, evaluateOn: EVALUATIONS[policy.key], endReason: policy.endReason,
      supplement: policy.key === 'night-market', born: (id) => ids.set(policy.key, id),
      whileConsulting: consulting && ((consultationId) => consulting(stage, script, consultationId)), underReview: underReview && ((id) => underReview(stage, script, id)),
      ...(policy.amends ? { amends: () => ids.get(policy.amends ?? '') ?? '' } : {}),
      afterPublication: policy.key === 'market-credit' ? (id) => repealThenAbolition(stage, script, id) : undefined,
      ...(replaced ? { replaces: () => ids.get(replaced) ?? '' } : {}),
    };
  });
  const first = city.code === industryPolicy.city;
  if (first) plans.push({ ...industryLife(stage, city), born: (id) => ids.set('industry', id) });
  const lives: Life[] = plans.map((plan) => liveOn(stage, plan));
  if (first) lives.push(cityPlanOf2026(stage, plans.filter((plan) => plan.start >= '2026-01-01')), ...circulations(stage, ids), scoreRound(stage), ...CAMPAIGNS.map((content) => campaignRound(stage, content, () => ids.get(content.policy) ?? '')));
  for (const content of CLEANUPS.filter((one) => one.city === city.code)) lives.push(cleanupRound(stage, content, city.departments.map(({ key }) => key)));
  await play(stage, lives, PRESENT);
  await stage.at(PRESENT, '08:50:00').react();
}

/** One article is repealed first; later the whole is proposed to be abolished, and that case is still open. */
async function* repealThenAbolition(stage: Stage, script: PolicyScript, id: string): Life {
  yield* repealRound(stage, script, id);
  yield* openAbolition(stage, script, id, ABOLITION_OPENS);
}

/** The departments that are asked about the full-size policy and about a smaller one. */
function circulations(stage: Stage, ids: ReadonlyMap<string, string>): Life[] {
  const pledges = otherPolicies.find(({ key }) => key === 'label-integrity');
  if (!pledges) throw new Error('the policy that departments are asked about is gone');
  return [
    circulationRound(stage, CIRCULATIONS.industry, industryScript(), () => ids.get('industry') ?? '', finishedCirculation),
    circulationRound(stage, CIRCULATIONS['label-integrity'], scriptOf(pledges), () => ids.get('label-integrity') ?? '', openCirculation),
  ];
}

function industryLife(stage: Stage, city: CityContent): LifePlan {
  const script = industryScript();
  return {
    script, start: INDUSTRY_START, until: 'published', validYears: industryPolicy.validYears, opinions, revisedText: secondText,
    resultText: industryPolicy.consultation.resultText, afterPublication: (id) => fundingRound(stage, city, script, id),
  };
}
