import { v7 } from 'uuid';
import type { Client } from 'pg';
import type { Dice } from '../campaigns/random';
import { dayOf, DAYS, type History } from './histories';

/** One step that stands in the record of a life. */
export interface Step {
  day: number;
  at: Date;
  name: string;
  from: string;
  to: string;
}

/** A policy from its plan on; what never came out has no history of validity. */
export interface Life {
  id: string;
  title: string;
  kind: string;
  department: number;
  steps: Step[];
  history: History | null;
}

const FORWARD = [['start_drafting', 'drafting'], ['open_consultation', 'consulting'], ['submit_for_review', 'reviewing'], ['submit_for_deliberation', 'deliberating'], ['approve', 'approved']] as const;
const KINDS = ['normative_document', 'major_decision', 'policy_document'] as const;
const atOf = (dice: Dice, day: number): Date => new Date(Date.parse(`${dayOf(day)}T00:00:00+08:00`) + dice.pick([0, 1, 36_000_000, 86_399_998, 86_399_999]));

/** Gives each history the work that came before it and the records that came after, and adds so many policies that never came out. */
export function lives(dice: Dice, histories: readonly History[], unpublished: number): Life[] {
  const known = histories.map((history): Life => {
    const steps = course(dice, history.publishedDay - dice.between(0, 400), history.publishedDay, FORWARD.length);
    steps.push({ day: history.publishedDay, at: history.publishedAt, name: 'publish', from: 'approved', to: 'published' }, ...later(dice, history));
    // The one kind that the histories are put in with.
    return { id: history.id, title: history.title, kind: KINDS[0], department: history.department, steps, history };
  });
  const others = Array.from({ length: unpublished }, (_, n): Life => {
    const start = dice.between(0, DAYS - 1);
    const steps = course(dice, start, Math.min(DAYS, start + dice.between(0, 600)), dice.between(0, FORWARD.length));
    const last = steps.at(-1) as Step;
    if (dice.chance(0.2)) steps.push({ day: last.day, at: last.at, name: 'withdraw', from: last.to, to: 'withdrawn' });
    return { id: v7(), title: `草案${n}`, kind: dice.pick(KINDS), department: n % 7, steps, history: null };
  });
  return [...known, ...others];
}

/** From the plan through so many steps, with some ways back to drafting, all between two days. */
function course(dice: Dice, from: number, until: number, reached: number): Step[] {
  const names: [string, string][] = [['planned', 'planned']];
  for (const [name, to] of FORWARD.slice(0, reached)) {
    if (name === 'open_consultation' && dice.chance(0.4)) continue;
    names.push([name, to]);
    if (to === 'reviewing' && dice.chance(0.2)) names.push(['revise', 'drafting'], ['submit_for_review', 'reviewing']);
    if (dice.chance(0.3)) names.push(['version_submitted', to]);
  }
  const days = names.map(() => dice.between(from, until)).sort((a, b) => a - b);
  return names.map(([name, to], n) => ({ day: days[n] as number, at: atOf(dice, days[n] as number), name, from: n === 0 ? 'planned' : (names[n - 1] as [string, string])[1], to }));
}

/** What is recorded of a document that is out: its deeds, evaluations, calls, and its lapse, which the machine may write down late or not at all. */
function later(dice: Dice, history: History): Step[] {
  const RECORD = { amended: 'amended', partly_repealed: 'partly_repealed', extended: 'extended', abolished: 'abolish', replaced: 'supersede' } as const;
  const steps = history.deeds.map((deed): Step => ({
    day: deed.day, at: deed.at, name: RECORD[deed.kind], from: 'published', to: deed.kind === 'abolished' ? 'abolished' : deed.kind === 'replaced' ? 'superseded' : 'published',
  }));
  const end = history.deeds.find(({ kind }) => kind === 'abolished' || kind === 'replaced');
  const last = history.deeds.reduce<number | null>((to, deed) => (deed.kind === 'extended' ? deed.until : to), history.to);
  const open = Math.min(end?.day ?? DAYS, last ?? DAYS, DAYS);
  for (const name of ['evaluation_published', 'call_opened', 'call_opened']) {
    if (open <= history.publishedDay || !dice.chance(0.25)) continue;
    const day = dice.between(history.publishedDay + 1, open);
    steps.push({ day, at: atOf(dice, day), name, from: 'published', to: 'published' });
  }
  if (!end && last !== null && last < DAYS && dice.chance(0.8)) {
    const day = Math.min(DAYS, last + dice.pick([1, 1, 3, 40]));
    steps.push({ day, at: atOf(dice, day), name: 'expire', from: 'published', to: 'expired' });
  }
  // An end is the last that is recorded of its day.
  return steps.sort((a, b) => a.day - b.day || Number(a.to !== 'published') - Number(b.to !== 'published'));
}

/** Writes the record of the lives, and the policies that never came out, behind `insertHistories`; the database links the chains. */
export async function insertLives(client: Client, cityId: string, all: readonly Life[]): Promise<void> {
  const departments = (await client.query<{ id: string }>('SELECT id FROM department WHERE city_id = $1 ORDER BY name', [cityId])).rows.map(({ id }) => id);
  const drafts = all.filter(({ history }) => history === null).map(({ id, title, kind, department, steps }) => ({
    id, title, kind, tenant_id: departments[department], state: steps.at(-1)?.to, created_at: steps[0]?.at, public_since: steps.find(({ to }) => to === 'consulting')?.at ?? null,
  }));
  await client.query(
    `INSERT INTO policy (city_id, id, tenant_id, kind, title, state, responsible_id, created_at, public_since)
     SELECT $1, r.id, r.tenant_id, r.kind, r.title, r.state, (SELECT id FROM account WHERE city_id = $1 LIMIT 1), r.created_at, r.public_since
     FROM jsonb_to_recordset($2) AS r (id uuid, tenant_id uuid, kind text, title text, state text, created_at timestamptz, public_since timestamptz)`, [cityId, JSON.stringify(drafts)]);
  // Those that came out were put in with the day on which they did; work on them began with their plan.
  await client.query(`UPDATE policy p SET created_at = r.at FROM jsonb_to_recordset($2) AS r (id uuid, at timestamptz) WHERE p.city_id = $1 AND p.id = r.id`, [cityId, JSON.stringify(all.map(({ id, steps }) => ({ id, at: steps[0]?.at })))]);
  const events = all.flatMap(({ id, department, steps }) => steps.map(({ at, name, from, to }) => ({
    policy_id: id, tenant_id: departments[department], is_public: name !== 'version_submitted', payload: JSON.stringify({ actorName: '某人', at, details: {}, from, name, to }),
  })));
  // The trigger that links the chains is bound by the settings, whoever inserts.
  await client.query(`SET app.city_id = '${cityId}'; SET app.scope = 'system'`);
  for (let at = 0; at < events.length; at += 5000) {
    await client.query(
      `INSERT INTO life_cycle_event (city_id, chain, seq, tenant_id, policy_id, is_public, payload, prev_hash, hash)
       SELECT $1, 'policy/' || r.policy_id, 0, r.tenant_id, r.policy_id, r.is_public, r.payload, '', '' FROM jsonb_to_recordset($2) AS r (policy_id uuid, tenant_id uuid, is_public boolean, payload text)`,
      [cityId, JSON.stringify(events.slice(at, at + 5000))]);
  }
  await client.query('ANALYZE policy, life_cycle_event, validity_change');
}
