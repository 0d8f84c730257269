const path = require('node:path');
const fs = require('node:fs');

/** Folders of long files, longest first: what begins last on one worker keeps the other idle. */
const LONG = ['test/browser/', 'test/faults/', 'test/tenancy/', 'test/e2e/', 'test/integration/'];

/** The order in which Jest runs files: the folders above, and in each of them the bigger file first. Neither depends on what an earlier run left behind. */
module.exports = class LongestFirst {
  sort(tests) {
    const keyed = [...tests].map((test) => {
      const name = path.relative(test.context.config.rootDir, test.path);
      const rank = LONG.findIndex((folder) => name.startsWith(folder));
      // Every room's pages in one real browser: longer than all else.
      return { test, rank: name === 'test/browser/whole-life.spec.ts' ? -1 : rank < 0 ? LONG.length : rank, size: fs.statSync(test.path).size };
    });
    return keyed.sort((one, other) => one.rank - other.rank || other.size - one.size).map(({ test }) => test);
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
};
