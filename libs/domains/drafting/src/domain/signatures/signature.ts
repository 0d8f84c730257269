import type { Docket, PolicyKind, ProcedureFacts } from '@core/policy';
import type { FieldError, IsoDate } from '@platform/kernel';
import type { Outcome } from '../dockets';

/** A missing part of a signature, with the article that asks for it. */
export interface Fault extends FieldError {
  article: string;
}

/** What a reviewer fills in. Which fields there are follows from the kind of docket; the rest is not read. */
export interface Signature {
  /** One of `CONCLUSIONS` of the kind. */
  conclusion: string;
  opinion: string;
  /** What must be changed; needed wherever the text goes back. */
  changes?: string | undefined;
  /** Legality: findings on single clauses, and the legal risk of an exploratory reform. */
  findings?: readonly Finding[] | undefined;
  legalRisk?: string | undefined;
  /** Fair competition and risk: who was heard, and how. */
  heard?: string | undefined;
  /** Fair competition: each group of standards (§8–11) and the exception (§12). */
  access?: StandardAnswer | undefined;
  flow?: StandardAnswer | undefined;
  cost?: StandardAnswer | undefined;
  conduct?: StandardAnswer | undefined;
  purpose?: string | undefined;
  alternative?: string | undefined;
  endsOn?: IsoDate | null | undefined;
  termination?: string | undefined;
  /** Risk: what may happen, and what is done about it. */
  risks?: string | undefined;
  measures?: string | undefined;
  /** Experts: how each opinion was handled, by the id of the seat. */
  handling?: readonly { seatId: string; text: string }[] | undefined;
  /** Deliberation. */
  meeting?: string | undefined;
  heldOn?: IsoDate | null | undefined;
  members?: number | undefined;
  present?: number | undefined;
  minutes?: string | undefined;
  votesFor?: number | undefined;
  votesAgainst?: number | undefined;
  votesAbstain?: number | undefined;
  headLast?: boolean | undefined;
  dissent?: string | undefined;
  majorityReason?: string | undefined;
  partyReport?: string | undefined;
}

export interface Finding {
  /** The clause's lasting identity; empty for the whole text. */
  identity: string;
  text: string;
}

export const STANDARD_ANSWERS = ['clear', 'concern'] as const;
export type StandardAnswer = (typeof STANDARD_ANSWERS)[number];

export interface SeatFacts {
  id: string;
  interest: 'none' | 'direct' | null;
  view: string | null;
}

/** What a signature is judged by, beside itself. */
export interface SignatureContext {
  policyKind: PolicyKind;
  facts: ProcedureFacts;
  today: IsoDate;
  /** Identities of the clauses of the text. */
  clauses: ReadonlySet<string>;
  seats: readonly SeatFacts[];
  /** Kinds of file on record. */
  attachments: ReadonlySet<string>;
  /** Dockets of this text that come before and are not passed. */
  pending: readonly Docket[];
  /** The article under which the docket was opened. */
  article: string;
}

/** What is written down of a signature that may stand. */
export interface Judged {
  outcome: Outcome;
  record: Record<string, unknown>;
  faults: Fault[];
}

export type Judge = (signature: Signature, context: SignatureContext) => Judged;

/** Collects what is missing. */
export class Faults {
  readonly list: Fault[] = [];

  need(field: keyof Signature | `findings-${number}` | `handling-${string}`, met: unknown, key: string, article: string): void {
    if (!met) this.list.push({ field, key: `procedure:error.${key}`, article });
  }
}

export const filled = (text: string | undefined | null): boolean => Boolean(text?.trim());
export const words = (text: string | undefined | null): string => text?.trim() ?? '';
