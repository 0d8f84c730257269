/**
 * `describe` for tests that need more than Node and PostgreSQL: they are skipped where the machine lacks it, and
 * `npm test` says so loudly (with REQUIRE_ALL=1 it fails).
 */
const describeWith = (present: string | undefined): jest.Describe => (present ? describe : describe.skip);

/** Needs a Redis; its connection string is `process.env.TEST_REDIS_URL`. */
export const describeWithRedis = describeWith(process.env.TEST_REDIS_URL);

/** Needs Chromium; its path is `process.env.TEST_CHROMIUM`. */
export const describeWithChromium = describeWith(process.env.TEST_CHROMIUM);

/** Needs the real policies; their folder is `process.env.TEST_REAL_INPUTS`. */
export const describeWithRealInputs = describeWith(process.env.TEST_REAL_INPUTS);
