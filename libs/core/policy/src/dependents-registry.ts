import type { Fen, IsoDate, Role } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { Injectable } from '@nestjs/common';

/** Something that rests on a policy and does not end by itself when the policy does. */
export interface Dependent {
  /** `<room>.<what>`; its words are `abolition:kind.<kind>`, those of its ways `abolition:way.<kind>.<way>`. */
  kind: string;
  id: string;
  title: string;
  /** Where it stands now: a key of the catalogue. */
  stateKey: string;
  /** Its page in the console. */
  href: string;
  /** Whose matter it is: who says what becomes of it, beside the drafters of the policy. */
  role: Role;
  /** Applicants whom it concerns. */
  people: number;
  /** Money that is promised or still to be promised. */
  fundsFen: Fen;
  /** What may become of it. The owning room carries the chosen one out when the abolition is decided. */
  ways: readonly string[];
  /** Why it may not be left open. */
  article: string;
}

/** What a room has on a policy. `list` only reads; statements name the city; what is over is not listed. */
export interface DependentSource {
  key: string;
  list(tx: TenantTx, policyId: string): Promise<Dependent[]>;
  /** Applicants whom all of it together concerns, each counted once; the sum of the items where there is no such thing. */
  people?(tx: TenantTx, policyId: string): Promise<number>;
}

/** All that hangs on a policy, with the applicants and the money that its end concerns. */
export interface Dependents {
  items: Dependent[];
  people: number;
  fundsFen: Fen;
}

/** Tells the room that owns a dependent what was settled about it, once the abolition is decided. */
export const DEPENDENT_SETTLED = 'policy.dependent_settled.v1';

export interface DependentSettled extends Record<string, string> {
  policyId: string;
  caseId: string;
  kind: string;
  itemId: string;
  way: string;
  /** First day on which the policy no longer holds. */
  effectOn: IsoDate;
}

/** What hangs on policies. Rooms register theirs when they start, as they do their gates; who asks knows no room. */
@Injectable()
export class DependentsRegistry {
  private readonly sources: DependentSource[] = [];

  register(source: DependentSource): void {
    if (this.sources.some((other) => other.key === source.key)) throw new Error(`two sources of dependents are called ${source.key}`);
    this.sources.push(source);
  }

  /** In the order of the sources' keys. */
  async list(tx: TenantTx, policyId: string): Promise<Dependents> {
    const all: Dependents = { items: [], people: 0, fundsFen: 0 };
    for (const source of [...this.sources].sort((a, b) => (a.key < b.key ? -1 : 1))) {
      const items = await source.list(tx, policyId);
      all.items.push(...items);
      all.fundsFen += items.reduce((sum, { fundsFen }) => sum + fundsFen, 0);
      all.people += items.length > 0 && source.people ? await source.people(tx, policyId) : items.reduce((sum, { people }) => sum + people, 0);
    }
    return all;
  }
}
