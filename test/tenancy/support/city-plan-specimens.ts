import { newId } from '@platform/kernel';
import type { Client } from 'pg';
import type { Home, Insert, Specimens } from './insert';

/** A plan that is collected and one that is approved, of years that nobody else has, with entries of the department. */
export async function cityPlanSpecimens(client: Client, insert: Insert, home: Home, ids: Specimens, secret: string): Promise<void> {
  const { staff, at, cityId } = home;
  const { next } = (await client.query<{ next: number }>('SELECT greatest(2039, max(year)) + 1 AS next FROM city_plan WHERE city_id = $1', [cityId])).rows[0] ?? { next: 2040 };
  const plan = (year: number, more: object): Promise<string> => insert('city_plan', { id: newId(), year, opened_by: staff['overseer'], opened_at: at, ...more });
  ids['cityplan.collecting'] = await plan(next, { state: 'collecting' });
  ids['cityplan.approved'] = await plan(next + 1, {
    state: 'approved', edition: 1, proposed_by: staff['overseer'], proposed_at: at, approved_by: staff['department_head'], approved_at: at,
  });
  let position = 0;
  const entry = (planId: string | undefined, listed: boolean): Promise<string> => insert('city_plan_entry', {
    id: newId(), plan_id: planId, kind: 'make', title: listed ? `公开项目${home.key}` : `${secret}项目`, reason: listed ? '需要' : secret, due_month: '2041-06', position: ++position,
    state: listed ? 'listed' : 'submitted', is_public: listed, submitted_at: at,
  });
  for (const name of ['submitted', 'second', 'placed']) ids[`entry.${name}`] = await entry(ids['cityplan.collecting'], false);
  for (const name of ['listed', 'leaving']) ids[`entry.${name}`] = await entry(ids['cityplan.approved'], true);
  ids['planchange'] = await insert('city_plan_change', {
    id: newId(), plan_id: ids['cityplan.approved'], kind: 'cancel', entry_id: ids['entry.leaving'], reason: secret, state: 'requested', requested_by: staff['department_head'], requested_at: at,
  });
}
