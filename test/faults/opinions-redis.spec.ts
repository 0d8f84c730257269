import { describeWithRedis } from '../support/capabilities';
import { expectNothingLostOrDoubled } from './support/expectations';
import { LONGEST_MS, storm } from './support/storm';

jest.setTimeout(LONGEST_MS);

describeWithRedis('with a queue in Redis', () => {
  // This Redis keeps nothing on disk: each time it is killed, whatever was queued is gone.
  test('web, worker, database and Redis killed during a stream of opinions lose none and double nothing', async () => {
    expectNothingLostOrDoubled(await storm({ redis: true }));
  });
});
