import { type TableRows, tableRows } from '@core/documents';
import { lifeCycleLine, type LineEvent, type PolicyState, type PublicProvision, type Validity } from '@core/policy';
import { chinaDate, type UnmetGate } from '@platform/kernel';

const TERMINAL: readonly PolicyState[] = ['abolished', 'expired', 'superseded', 'withdrawn'];

export const TONE_OF_VALIDITY: Readonly<Record<Validity, string>> = {
  not_yet_effective: 'info', in_force: 'success', superseded: 'neutral', lapsed: 'warning', abolished: 'danger',
};

/** The data of the component `life-cycle-line`. `gates` are what the next step still asks for; `endedOn` is the day of an end that was decided before it. */
export function lineView(title: string, state: PolicyState, events: readonly LineEvent[], now: Date, gates: readonly UnmetGate[] = [], endedOn: string | null = null) {
  const entries = lifeCycleLine(state, events, now);
  const at = entries.findIndex((entry) => entry.status === 'current');
  const terminal = TERMINAL.includes(state) ? { state, day: endedOn ?? chinaDate(events.at(-1)?.at ?? now) } : undefined;
  return {
    title,
    steps: entries.map((entry, index) => ({
      key: entry.step, n: index + 1, from: entry.from, to: entry.to, taken: entry.days || undefined,
      state: entry.status,
    })),
    ...(at >= 0 ? { now: { n: at + 1, key: entries[at]?.step } } : {}),
    ...(gates.length > 0 ? { gates } : {}),
    ...(terminal ? { terminal } : {}),
  };
}

/** The data of the component `life-cycle-mini`. */
export function miniView(state: PolicyState, events: readonly LineEvent[], now: Date) {
  const view = lineView('', state, events, now);
  return { steps: view.steps.map((step) => step.state), ...(view.terminal ? { terminal: view.terminal.state } : {}) };
}

/** What stands beside a clause. */
export interface ClauseMarks {
  opinions?: { count: number; href: string };
  interpretations?: { count: number; href: string };
  funds?: { count: number; href: string };
}

export interface ClauseView {
  id: string;
  kind: string;
  number: string;
  heading?: string;
  text: string;
  /** Of a clause that is a table. */
  table?: TableRows;
  marks?: ClauseMarks;
  commentHref?: string;
  /** Since when a partial repeal has taken it away, or will. */
  repeal?: { on: string; future: boolean };
  children: ClauseView[];
}

export interface ClauseOptions {
  /** By the identity of a clause. */
  marks?: ReadonlyMap<string, ClauseMarks>;
  /** Of repealed clauses, by identity. */
  repeals?: ReadonlyMap<string, { on: string; future: boolean }>;
  /** Where to comment on a clause; none where comments are not taken. */
  commentHref?(clauseId: string): string;
}

/** What the text holds beside its provisions: its title, which the page shows already, and what was kept of its source for the record. */
const NOT_SHOWN = new Set(['title', 'contents', 'clutter']);

/** Flat provisions, in the order of the text, as the tree that the component `provision` shows. */
export function clauseTree(provisions: readonly PublicProvision[], options: ClauseOptions = {}): ClauseView[] {
  const roots: ClauseView[] = [];
  const byId = new Map<string, ClauseView>();
  for (const provision of provisions.filter(({ kind }) => !NOT_SHOWN.has(kind))) {
    const [marks, repeal] = [options.marks?.get(provision.identity), options.repeals?.get(provision.identity)];
    const structural = provision.kind === 'chapter' || provision.kind === 'section' || provision.kind === 'part';
    const view: ClauseView = {
      id: provision.clauseId,
      kind: provision.kind === 'part' ? 'chapter' : provision.kind,
      number: provision.label,
      ...(structural ? { heading: provision.text, text: '' } : provision.kind === 'table' ? { text: '', table: tableRows(provision.text) } : { text: provision.text }),
      ...(marks ? { marks } : {}),
      ...(repeal ? { repeal } : {}),
      ...(options.commentHref && provision.kind === 'article' ? { commentHref: options.commentHref(provision.clauseId) } : {}),
      children: [],
    };
    byId.set(provision.clauseId, view);
    const parent = provision.parentId === null ? undefined : byId.get(provision.parentId);
    (parent?.children ?? roots).push(view);
  }
  return roots;
}

interface ContentsNode {
  id: string;
  number: string;
  heading?: string;
  children: ContentsNode[];
}

const IN_CONTENTS = new Set(['chapter', 'section', 'article', 'annex', 'heading']);

const FIRST_WORDS = 12;

/** The beginning of a sentence, with a sign that it goes on. */
const firstWords = (text: string): string => {
  const letters = [...text];
  return letters.length > FIRST_WORDS ? `${letters.slice(0, FIRST_WORDS - 1).join('')}…` : text;
};

/** The contents of a text: chapters, sections and articles, with the first words of each article. */
export function contentsOf(clauses: readonly ClauseView[]): ContentsNode[] {
  return clauses.filter((clause) => IN_CONTENTS.has(clause.kind) && clause.number).map((clause) => ({
    id: clause.id,
    number: clause.number,
    heading: clause.heading ?? firstWords(clause.text || clause.children[0]?.text || ''),
    children: clause.kind === 'article' ? [] : contentsOf(clause.children),
  }));
}
