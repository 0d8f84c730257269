import { expectNothingLostOrDoubled } from './support/expectations';
import { LONGEST_MS, storm } from './support/storm';

jest.setTimeout(LONGEST_MS);

test('web, worker and database killed during a stream of opinions lose none and double nothing', async () => {
  expectNothingLostOrDoubled(await storm({ redis: false }));
});
