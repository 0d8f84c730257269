import { writeFileSync } from 'node:fs';
import { chinaInstant, type IsoDate, systemClock } from '@platform/kernel';
import { PublicReader } from '@platform/persistence';
import type { INestApplicationContext } from '@nestjs/common';
import { withApplication } from '../application';
import { circulationRound } from './circulation-round';
import { CITIES, type CityContent, finishedCirculation, industryPolicy, openCirculation, opinions, otherPolicies, secondText } from './content';
import { fundingRound } from './funding-round';
import { CIRCULATIONS, EVALUATIONS, INDUSTRY_START, STARTS } from './dates';
import { type Life, liveOn, play } from './lives';
import { peopleOf } from './people';
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
  const lives: Life[] = otherPolicies.filter((policy) => policy.city === city.code).map((policy) => {
    const replaced = otherPolicies.find((other) => other.supersededBy === policy.key)?.key;
    return liveOn(stage, {
      script: scriptOf(policy), start: STARTS[policy.key] ?? PRESENT, until: policy.state === 'superseded' ? 'published' : policy.state,
      validYears: policy.validYears, inForce: policy.inForce, evaluation: policy.evaluation, evaluateOn: EVALUATIONS[policy.key], endReason: policy.endReason,
      born: (id) => ids.set(policy.key, id),
      ...(replaced ? { replaces: () => ids.get(replaced) ?? '' } : {}),
    });
  });
  if (city.code === industryPolicy.city) lives.push(...firstCityOnly(stage, city, ids));
  await play(stage, lives, PRESENT);
  await stage.at(PRESENT, '08:50:00').react();
}

/** The full-size policy, and the departments that are asked about it and about a smaller one. */
function firstCityOnly(stage: Stage, city: CityContent, ids: ReadonlyMap<string, string>): Life[] {
  const pledges = otherPolicies.find(({ key }) => key === 'label-integrity');
  if (!pledges) throw new Error('the policy that departments are asked about is gone');
  let industry = '';
  return [
    liveOn(stage, { ...industryLife(stage, city), born: (id) => { industry = id; } }),
    circulationRound(stage, CIRCULATIONS.industry, industryScript(), () => industry, finishedCirculation),
    circulationRound(stage, CIRCULATIONS['label-integrity'], scriptOf(pledges), () => ids.get('label-integrity') ?? '', openCirculation),
  ];
}

function industryLife(stage: Stage, city: CityContent): Parameters<typeof liveOn>[1] {
  const script = industryScript();
  return {
    script, start: INDUSTRY_START, until: 'published', validYears: industryPolicy.validYears, opinions, revisedText: secondText,
    resultText: industryPolicy.consultation.resultText, afterPublication: (id) => fundingRound(stage, city, script, id),
  };
}
