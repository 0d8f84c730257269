import type { IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { Injectable } from '@nestjs/common';

/** Most cases of one rule that a source tells; the oldest come first. */
export const ANOMALY_LIMIT = 200;

/** A rule by which something in the city looks wrong, or may be right and has to be looked at. Its words are `cityledger:anomaly.<room>.<what>`. */
export interface AnomalyRule {
  /** `<room>.<what>`. */
  key: string;
  /** The figures of the rule, which are shown with it. */
  params: Readonly<Record<string, number>>;
  /** The article that it watches over; null for a threshold of the product's own. */
  article: string | null;
}

/** Something that a rule has found. */
export interface AnomalyCase {
  rule: string;
  /** What it is about: the title of the policy or the call, or a number. */
  title: string;
  /** Where one looks at it: a path on this site. */
  href: string;
  departmentId: string;
  /** Since when it has been so; null where it has no day. */
  since: IsoDate | null;
  /** What was found, for the words `cityledger:found.<room>.<what>`. */
  figures: Readonly<Record<string, string | number>>;
}

/** What a room looks for. `find` only reads, in few statements that name the city, the oldest first, at most `ANOMALY_LIMIT` of each rule. */
export interface AnomalySource {
  key: string;
  rules: readonly AnomalyRule[];
  find(tx: TenantTx): Promise<AnomalyCase[]>;
}

/** The rules by which the city's desk looks at all departments. Rooms register theirs when they start; the desk knows no room. */
@Injectable()
export class AnomalyRegistry {
  private readonly sources: AnomalySource[] = [];

  register(source: AnomalySource): void {
    const known = new Set(this.sources.flatMap(({ rules }) => rules.map(({ key }) => key)));
    for (const { key } of source.rules) if (known.has(key)) throw new Error(`two rules of anomalies are called ${key}`);
    this.sources.push(source);
  }

  /** Every rule with what it finds now, in the order in which they were registered; a rule that finds nothing is told too. */
  async find(tx: TenantTx): Promise<{ rule: AnomalyRule; cases: AnomalyCase[] }[]> {
    const found: { rule: AnomalyRule; cases: AnomalyCase[] }[] = [];
    for (const source of this.sources) {
      const cases = await source.find(tx);
      found.push(...source.rules.map((rule) => ({ rule, cases: cases.filter((one) => one.rule === rule.key) })));
    }
    return found;
  }
}
