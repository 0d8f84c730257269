/** One configuration for every tier; `scripts/test.mjs` chooses the folders. */
const path = require('node:path');
const fs = require('node:fs');
const { findChromium, findProgram, findRealInputs } = require('./scripts/lib/capabilities.cjs');
const swc = JSON.parse(fs.readFileSync(path.join(__dirname, '.swcrc'), 'utf8'));
delete swc.$schema;
delete swc.jsc.baseUrl;
delete swc.jsc.paths;

/** ESM-only packages that Jest's CommonJS registry cannot load by itself. */
const esm = [
  '@nestjs', '@standard-schema', 'file-type', 'strtok3', 'token-types', 'uint8array-extras',
  '@borewit', '@tokenizer', 'es-toolkit', 'dotenv', 'uuid', 'load-esm', 'content-disposition', '@fastify', 'cookie',
];

// Tests read what the machine has from here (see test/support/capabilities.ts).
process.env.TEST_CHROMIUM = findChromium() ?? '';
process.env.TEST_REAL_INPUTS = findRealInputs() ?? '';
// Threads are outside Jest and have to read TypeScript themselves (libs/platform/threads).
process.env.THREAD_PRELOAD = path.join(__dirname, 'test/support/typescript-thread.cjs');
process.env.TEST_REDIS_SERVER = findProgram('redis-server') ?? '';

module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/test/architecture/fixtures/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  moduleNameMapper: {
    '^@platform/([^/]+)$': '<rootDir>/libs/platform/$1/src/index.ts',
    '^@core/([^/]+)$': '<rootDir>/libs/core/$1/src/index.ts',
    '^@domains/([^/]+)$': '<rootDir>/libs/domains/$1/src/index.ts',
  },
  transform: { '^.+\\.(t|j|mj)s$': ['@swc/jest', swc] },
  transformIgnorePatterns: [`/node_modules/(?!(${esm.join('|')})/)(?!.*/node_modules/(${esm.join('|')})/)`],
  setupFiles: ['reflect-metadata'],
  testTimeout: 60_000,
};
