/** What this machine has for tests beyond Node and PostgreSQL; used by jest.config.js and by `npm test`. */
const { accessSync, constants, existsSync } = require('node:fs');
const path = require('node:path');

/** The first of `names` that PATH offers as a program. */
function findProgram(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
      try {
        accessSync(path.join(folder, name), constants.X_OK);
        return path.join(folder, name);
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}

/** Chromium for the browser tests: TEST_CHROMIUM or the one in PATH. */
const findChromium = () => process.env.TEST_CHROMIUM || findProgram('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome');

/** Folder of real policies beside the checkout: TEST_REAL_INPUTS or ../shared/data. */
function findRealInputs() {
  const folder = process.env.TEST_REAL_INPUTS || path.resolve(__dirname, '..', '..', '..', 'shared', 'data');
  return existsSync(folder) ? folder : undefined;
}

module.exports = { findChromium, findProgram, findRealInputs };
