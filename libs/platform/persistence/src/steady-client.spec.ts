import { SteadyClient } from './steady-client';

test('a connection that is lost while nobody listens ends nothing else', () => {
  expect(() => new SteadyClient().emit('error', new Error('terminating connection due to unexpected postmaster exit'))).not.toThrow();
});
