import type { IsoDate } from '@platform/kernel';

/** The first day of each life, chosen so that each policy stands in its state on the demonstration's first day. */
export const STARTS: Readonly<Record<string, IsoDate>> = {
  'startup-old': '2022-01-10', 'startup-new': '2025-03-17', 'startup-amendment': '2025-11-10', 'parcel-lockers': '2023-03-06', 'exhibition-subsidy': '2024-01-15', 'notary-points': '2026-01-05',
  'night-market': '2026-05-11', 'flexible-employment': '2026-04-13', 'label-integrity': '2026-04-08', 'legal-aid': '2026-03-16', 'low-altitude': '2026-03-09', 'home-services': '2026-03-02', 'green-factory': '2026-02-09',
  'skills-subsidy': '2026-01-28', 'market-credit': '2025-09-08', 'ch-digital-shops': '2025-06-09', 'ch-lake-food': '2026-04-09', 'ch-mediation': '2026-04-20', 'ch-job-fair': '2023-08-14',
};

/** The day on which a case of abolition is opened that the demonstration leaves undecided. */
export const ABOLITION_OPENS: IsoDate = '2026-05-28';

export const INDUSTRY_START: IsoDate = '2025-07-07';

/** The days on which other departments are asked, while the text that is asked about stands. */
export const CIRCULATIONS = { industry: '2025-08-12', 'label-integrity': '2026-05-13' } as const satisfies Record<string, IsoDate>;

/** The day on which each policy's evaluation is opened. */
export const EVALUATIONS: Readonly<Record<string, IsoDate>> = {
  'startup-old': '2025-01-06', 'startup-new': '2026-04-07', 'exhibition-subsidy': '2026-02-24', 'ch-job-fair': '2026-01-12', 'ch-digital-shops': '2026-04-13',
};
