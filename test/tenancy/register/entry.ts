import type { Role } from '@platform/kernel';

/** `{docket}` in a body or a query stands for the id of that specimen. */
export interface Guarded {
  /** Who may do it. */
  as: Role;
  /** What stands for each path parameter but `:city`, in order: the name of a specimen, or `=text` for a parameter that is no id. */
  path: readonly string[];
  body?: Record<string, unknown>;
  query?: string;
  /** The rightful person's answer; where it is a refusal, it is by the state of the thing, and `why` tells which. */
  ok: number;
  why?: string;
  /** Who besides its owner may: the reason, by side. */
  except?: { neighbour: string };
  /** The person of the same city who is not the owner, where that is not the same role of another department. */
  rival?: 'enterprise.other' | 'expert.other';
}

/** Pages of the public: what they show to everybody, and what they must not show to anybody. */
export interface Shown {
  shown: readonly string[];
  hidden: readonly string[];
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
  ok: number;
  /** What is answered where there is nothing to see, where that is not 404, and why. */
  none?: number;
  why?: string;
}

/** A route in whose path no id stands: why it needs none. `as` is who sees it; nobody signed in where there is none. */
export interface Open {
  open: string;
  as?: Role;
}

export type Entry = Guarded | Shown | Open;
export type Register = Readonly<Record<string, Entry>>;

const OWN_LIST = 'lists what the person may see';

/** A list of one's own things. */
export const list = (as: Role): Open => ({ open: OWN_LIST, as });
