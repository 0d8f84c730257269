import { createHash } from 'node:crypto';
import { newId } from '@platform/kernel';
import type { Home, Insert, Specimens } from './insert';

const WEIGHTS = { consultation: 20, limits: 20, interpretation: 15, evaluation: 15, conclusions: 15, current: 15 };

/** A closed period whose days to object run, with a case to object to, one that is objected to, and rules of scoring that wait. The whole city reads that there is such a period and its rules, so no secret stands there. */
export async function scorecardSpecimens(insert: Insert, { key, staff, at }: Home, ids: Specimens, secret: string): Promise<void> {
  const second = key === 'neighbour';
  const [label, from, to] = second ? ['2024Q2', '2024-04-01', '2024-06-30'] : ['2024Q1', '2024-01-01', '2024-03-31'];
  const period = await insert('scorecard_period', {
    id: newId(), label, from_on: from, to_on: to, weights: WEIGHTS, decide_days: 15, appeal_until: '2026-12-31', edition: 1, closed_by: staff['department_head'], closed_at: at, sections: {},
  });
  const scored = async (): Promise<string> => {
    const caseKey = newId();
    await insert('scorecard_case', {
      period_id: period, key: caseKey, measure: 'limits', what: 'reply', title: secret, href: '/console/circulations', from_on: '2024-01-02', limit_on: '2024-01-09', done_on: '2024-01-10', state: 'missed', why: 'late', article: '',
    });
    return caseKey;
  };
  ids['score.case'] = await scored();
  await insert('scorecard_edition', { period_id: period, no: 1, content_hash: createHash('sha256').update(key).digest('hex'), made_by: staff['overseer'], made_at: at });
  await insert('scorecard_figure', { period_id: period, edition: 1, measure: 'limits', met: 0, counted: 2 });
  ids['score.appeal'] = await insert('scorecard_appeal', {
    id: newId(), period_id: period, case_key: await scored(), reason: secret, evidence: '/console', idempotency_key: `specimen-${key}`, filed_by: staff['drafter'], filed_at: at, due_on: '2026-12-31',
  });
  ids['score.rules'] = await insert('scorecard_rules', {
    id: newId(), weights: WEIGHTS, appeal_days: 10, decide_days: 15, valid_from: '2027-01-01', reason: '权重', set_by: staff['department_head'], set_at: at,
  });
}
