/**
 * `node scripts/measure-clusters.mjs [TEXTS [SEED]]`: precision and recall of the clusters of opinions on a labelled set made by a generator that paraphrases
 * (test/support/campaigns). The method was fitted on other seeds than the one reported here.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// The generator is TypeScript of the tests.
require('../test/support/typescript-thread.cjs');
const { CHOSEN_ON, report } = require('../test/support/campaigns/measure.ts');

const [size, seed] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 101)];
if (!Number.isInteger(size) || size < 100 || !Number.isInteger(seed)) throw new Error('node scripts/measure-clusters.mjs [TEXTS [SEED]]');
if (CHOSEN_ON.includes(seed)) console.log('This seed is one of those that the threshold was chosen on.');
for (const line of report({ seed, size, campaigns: Math.max(2, Math.round(size / 250)), share: 0.4 })) console.log(line);
