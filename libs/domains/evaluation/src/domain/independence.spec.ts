import { obstacleOf, type Standing } from './independence';
import { CAMPAIGN_SIDES } from './sides';

const person = (values: Partial<Standing> = {}): Standing => ({ kind: 'staff', departmentIds: ['owner'], drafted: false, assessedBefore: false, ...values });

describe('obstacleOf', () => {
  it('lets the fitting person of each side judge', () => {
    expect(obstacleOf('department', 'owner', person())).toBeNull();
    expect(obstacleOf('authority', 'owner', person({ departmentIds: ['other'] }))).toBeNull();
    expect(obstacleOf('enterprises', 'owner', person({ kind: 'enterprise', departmentIds: [] }))).toBeNull();
    expect(obstacleOf('public', 'owner', person({ kind: 'resident', departmentIds: [] }))).toBeNull();
    expect(obstacleOf('expert', 'owner', person({ kind: 'expert', departmentIds: [] }))).toBeNull();
  });

  it('refuses whoever drafted it or assessed it before, on every side', () => {
    for (const side of CAMPAIGN_SIDES) {
      expect(obstacleOf(side, 'owner', person({ drafted: true }))).toBe('drafted');
      expect(obstacleOf(side, 'owner', person({ assessedBefore: true }))).toBe('assessedBefore');
    }
  });

  it('refuses the department for every side that stands outside, in whatever other quality', () => {
    for (const side of CAMPAIGN_SIDES.slice(1)) expect(obstacleOf(side, 'owner', person({ kind: side === 'expert' ? 'expert' : 'staff' }))).toBe('insider');
    expect(obstacleOf('department', 'owner', person({ departmentIds: ['other'] }))).toBe('outsider');
    expect(obstacleOf('expert', 'owner', person({ departmentIds: ['other'] }))).toBe('wrongKind');
  });
});
