import { v7 } from 'uuid';
import type { Client } from 'pg';
import type { Dice } from '../campaigns/random';
import { dayOf, DAYS, type History } from './histories';

/** Puts the histories into the database as they stand at the end of the last day, as the product would have left them. As owner: `client` is bound by nothing. */
export async function insertHistories(client: Client, dice: Dice, cityId: string, all: readonly History[]): Promise<void> {
  const departments = Array.from({ length: 7 }, () => v7());
  const person = v7();
  await client.query(`INSERT INTO city (id, name, name_en, rule_pack) VALUES ($1, '市', 'City', 'CN')`, [cityId]);
  for (const [n, id] of departments.entries()) await client.query(`INSERT INTO department (city_id, id, name, name_en, short_name, document_code) VALUES ($1, $2, $3, 'D', $3, $3)`, [cityId, id, `局${n}`]);
  await client.query(`INSERT INTO account (city_id, id, login, kind, display_name) VALUES ($1, $2, 'p', 'staff', '某人')`, [cityId, person]);
  const policies = all.map((policy) => {
    const end = policy.deeds.find(({ kind }) => kind === 'abolished' || kind === 'replaced');
    const to = policy.deeds.reduce<number | null>((last, deed) => (deed.kind === 'extended' ? deed.until : last), policy.to);
    // Whether the worker has been awake since a policy lapsed makes no difference.
    const state = end ? (end.kind === 'abolished' ? 'abolished' : 'superseded') : to !== null && to < DAYS && dice.chance(0.8) ? 'expired' : 'published';
    return {
      id: policy.id, tenant_id: departments[policy.department], title: policy.title, state, published_at: policy.publishedAt, document_number: policy.number,
      effective_from: dayOf(policy.from), effective_to: to === null ? null : dayOf(to), ended_on: end && 'on' in end ? dayOf(end.on) : null,
    };
  });
  await client.query(
    `INSERT INTO policy (city_id, id, tenant_id, kind, title, state, responsible_id, created_at, public_since, published_at, document_number, effective_from, effective_to, ended_on)
     SELECT $1, r.id, r.tenant_id, 'normative_document', r.title, r.state, $2, r.published_at, r.published_at, r.published_at, r.document_number, r.effective_from, r.effective_to, r.ended_on
     FROM jsonb_to_recordset($3) AS r (id uuid, tenant_id uuid, title text, state text, published_at timestamptz, document_number text, effective_from date, effective_to date, ended_on date)`,
    [cityId, person, JSON.stringify(policies)]);
  const changes = all.flatMap((policy) => policy.deeds.map((deed) => ({
    id: v7(), tenant_id: departments[policy.department], policy_id: policy.id, kind: deed.kind, known_at: deed.at, effect_on: dayOf('on' in deed ? deed.on : deed.day),
    by_policy_id: 'by' in deed ? all[deed.by]?.id : null, clauses: 'clauses' in deed ? deed.clauses : null,
    previous_to: deed.kind === 'extended' ? dayOf(deed.previous) : null, new_to: deed.kind === 'extended' ? dayOf(deed.until) : null,
  })));
  await client.query(
    `INSERT INTO validity_change (city_id, id, tenant_id, policy_id, kind, known_at, effect_on, by_policy_id, clauses, previous_to, new_to)
     SELECT $1, r.* FROM jsonb_to_recordset($2) AS r (id uuid, tenant_id uuid, policy_id uuid, kind text, known_at timestamptz, effect_on date, by_policy_id uuid, clauses jsonb, previous_to date, new_to date)`,
    [cityId, JSON.stringify(changes)]);
  await client.query('ANALYZE policy, validity_change');
}
