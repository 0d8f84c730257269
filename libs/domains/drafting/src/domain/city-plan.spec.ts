import { CITY_PLAN_LIFE, CHANGE_LIFE, ENTRY_LIFE, isMonth, lastDayOf, planObstacle } from './city-plan';

const LEAD = 'lead';

describe('what keeps a matter from being drafted', () => {
  it('is nothing where the city makes no plan, and where the matter is listed', () => {
    expect(planObstacle(LEAD, false, null)).toBeNull();
    expect(planObstacle(LEAD, true, { state: 'listed', leadTenantId: LEAD, joint: false })).toBeNull();
    expect(planObstacle(LEAD, true, { state: 'listed', leadTenantId: LEAD, joint: true })).toBeNull();
  });

  it('is that the city has a plan and the matter is not in it', () => {
    expect(planObstacle(LEAD, true, null)).toBe('plan:gate.notInPlan');
  });

  it('is its state in the plan, whether or not the city collected for that very year', () => {
    for (const state of ['submitted', 'refused', 'cancelled', 'moved'] as const) {
      expect(planObstacle(LEAD, true, { state, leadTenantId: LEAD, joint: false })).toBe(`plan:gate.${state}`);
      expect(planObstacle(LEAD, false, { state, leadTenantId: LEAD, joint: false })).toBe(`plan:gate.${state}`);
    }
  });

  it('is that another department leads the joint matter, listed or not', () => {
    expect(planObstacle('other', true, { state: 'listed', leadTenantId: LEAD, joint: true })).toBe('plan:gate.ledByOther');
    expect(planObstacle('other', true, { state: 'submitted', leadTenantId: LEAD, joint: true })).toBe('plan:gate.ledByOther');
  });
});

it('lets an approved plan be neither proposed nor sent back, and a decided entry not be decided again', () => {
  for (const step of ['propose', 'approve', 'send_back'] as const) expect(() => CITY_PLAN_LIFE.require(step, 'approved')).toThrow();
  expect(() => CITY_PLAN_LIFE.require('approve', 'collecting')).toThrow();
  for (const state of ['listed', 'merged', 'moved', 'refused', 'cancelled'] as const) {
    for (const step of ['list', 'merge', 'refuse'] as const) expect(() => ENTRY_LIFE.require(step, state)).toThrow();
  }
  for (const state of ['listed', 'moved', 'refused', 'cancelled'] as const) expect(() => ENTRY_LIFE.require('move', state)).toThrow();
  expect(ENTRY_LIFE.require('cancel', 'listed').to).toBe('cancelled');
  for (const step of ['approve', 'refuse'] as const) expect(() => CHANGE_LIFE.require(step, 'approved')).toThrow();
});

it('knows months and their last days', () => {
  expect([isMonth('2027-01'), isMonth('2027-12')]).toEqual([true, true]);
  for (const text of ['2027-00', '2027-13', '2027-1', '2027', '27-01', '2027-01-01', '']) expect(isMonth(text)).toBe(false);
  const last = (month: string): string => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
  for (let year = 1999; year <= 2101; year++) for (let month = 1; month <= 12; month++) {
    const text = `${year}-${String(month).padStart(2, '0')}`;
    expect(lastDayOf(text)).toBe(last(text));
  }
});
