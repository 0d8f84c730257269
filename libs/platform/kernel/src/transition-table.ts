import { DomainError } from './domain-error';

export interface Transition<S extends string, N extends string = string> {
  name: N;
  from: readonly S[];
  to: S;
}

/**
 * A life cycle as data. Checked when it is made: every state is reachable from the first one, every name is used once, and no
 * state that is not final is a dead end.
 */
export class TransitionTable<S extends string, N extends string> {
  private readonly byName: Map<N, Transition<S, N>>;

  constructor(
    readonly subject: string,
    readonly options: { initial: S; final: readonly S[]; states: readonly S[]; transitions: readonly Transition<S, N>[] },
  ) {
    const { initial, final, states, transitions } = options;
    this.byName = new Map(transitions.map((transition) => [transition.name, transition]));
    if (this.byName.size !== transitions.length) throw new Error(`${subject}: a transition name is used twice`);
    const reached = new Set<S>([initial]);
    for (let grew = true; grew; ) {
      const before = reached.size;
      for (const t of transitions) if (t.from.some((state) => reached.has(state))) reached.add(t.to);
      grew = reached.size > before;
    }
    for (const state of states) {
      if (!reached.has(state)) throw new Error(`${subject}: no way leads to ${state}`);
      const leaves = transitions.some((t) => t.from.includes(state));
      if (leaves === final.includes(state)) throw new Error(`${subject}: ${state} ${leaves ? 'is final and has a way out' : 'is a dead end'}`);
    }
  }

  /** The transition of that name, if it may start from this state; refuses with `conflict` otherwise. */
  require(name: N, from: S): Transition<S, N> {
    const transition = this.byName.get(name);
    if (!transition) throw new Error(`${this.subject}: unknown transition ${name}`);
    if (!transition.from.includes(from)) {
      throw DomainError.conflict('common:error.wrongState', { subject: this.subject, state: from, transition: name });
    }
    return transition;
  }

  /** The transitions that may start from this state. */
  from(state: S): readonly Transition<S, N>[] {
    return this.options.transitions.filter((t) => t.from.includes(state));
  }
}
