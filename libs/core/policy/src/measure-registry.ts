import { type Effective, type ParameterId, parametersAt, type PARAMETERS } from '@core/statutes';
import { chinaDate, chinaInstant, type IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import type { MeasureCase } from './domain/measures';

/** Rules that measures rest on beside the days that were written down with each matter. */
type Rule = Extract<ParameterId, 'interp' | 'nrd.validity' | 'nrd.validity.GD'>;
type RuleOf<R extends Rule> = Effective<Extract<(typeof PARAMETERS)[number], { id: R }>>;

interface MeasurePeriod {
  /** First and last day, both included. */
  from: IsoDate;
  to: IsoDate;
}

/** A period as a source is asked about it. */
export interface MeasureFrame extends MeasurePeriod {
  /** One department's cases; null for every department of the city. */
  departmentId: string | null;
  /** The instants at which the period begins and, the day after its last one, is over. */
  begins: Date;
  ends: Date;
  today: IsoDate;
  /** The day for which a standing is told: the last one of the period, or today while it runs. */
  day: IsoDate;
  /** A rule as it held for a department on a day; null where there was none, or where it is cited from memory and nobody has confirmed it: such a rule warns and marks nobody down. */
  rule<R extends Rule>(id: R, on: IsoDate, departmentId: string): RuleOf<R> | null;
}

/** What a room can tell for one measure. It only reads, in a fixed number of statements however many departments there are; each names the city. */
export interface MeasureSource {
  /** `<room>.<what>`. */
  key: string;
  cases(tx: TenantTx, frame: MeasureFrame): Promise<MeasureCase[]>;
}

/** The sources of the scorecard. Rooms register theirs when they start, as they do their gates and deadlines; the scorecard knows no room. */
@Injectable()
export class MeasureRegistry {
  private readonly sources: MeasureSource[] = [];

  register(source: MeasureSource): void {
    if (this.sources.some((other) => other.key === source.key)) throw new Error(`two sources of measures are called ${source.key}`);
    this.sources.push(source);
  }

  /** Every case of a period as it stands now, in the order of its key; of one department, or of the city for null. */
  async cases(tx: TenantTx, { from, to }: MeasurePeriod, departmentId: string | null): Promise<MeasureCase[]> {
    const today = chinaDate(tx.at);
    const ruleAt = await parametersAt<Rule>(tx);
    // Thousands of cases ask for the rule of the same few days and departments.
    const known = new Map<string, Effective | null>();
    const frame: MeasureFrame = {
      from, to, departmentId, today, day: today < to ? today : to, begins: chinaInstant(from), ends: new Date(chinaInstant(to).getTime() + 86_400_000),
      rule: (id, on, department) => {
        const key = `${id}/${on}/${department}`;
        if (!known.has(key)) known.set(key, ruleAt(id, on, department));
        const rule = known.get(key);
        return (rule?.mayBlock ? rule : null) as never;
      },
    };
    const found: MeasureCase[] = [];
    for (const source of this.sources) found.push(...(await source.cases(tx, frame)));
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  }
}
