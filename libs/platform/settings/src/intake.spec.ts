import { readIntake } from './intake';

test('limits that are not named stay, and what is no limit is refused by its name', () => {
  expect(readIntake({})).toEqual({ workBits: 18, limits: { account: 20, network: 120, question: 20, consultation: 6000 } });
  expect(readIntake({ INTAKE_WORK_BITS: '6', INTAKE_LIMITS: 'network=500, account=1' })).toEqual({ workBits: 6, limits: { account: 1, network: 500, question: 20, consultation: 6000 } });
  for (const bad of ['networks=5', 'network', 'network=0', 'network=1.5', 'network=x', '__proto__=5', '=5']) expect(() => readIntake({ INTAKE_LIMITS: bad })).toThrow(bad);
  for (const bad of ['-1', '23', 'many', '1.5']) expect(() => readIntake({ INTAKE_WORK_BITS: bad })).toThrow(bad);
});
