/**
 * Who may know whom (docs/architecture.md): apps stand on domains, domains on core, core on platform.
 * Every rule has a known-bad fixture under test/architecture/fixtures/dependencies/bad.
 */
const tests = '(^test/|\\.spec\\.ts$)';
const library = (floors) => `^libs/(${floors})/`;
const npm = (...names) => `node_modules/(${names.join('|')})/`;

/** A package that only some places may import. */
const onlyIn = (name, packages, places) => ({
  name,
  severity: 'error',
  comment: `${packages.join(', ')}: only where the house rules put it.`,
  from: { pathNot: [tests, ...places] },
  to: { path: npm(...packages) },
});

module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', comment: 'Two files that need each other are one file.', from: {}, to: { circular: true } },
    {
      name: 'library-door', severity: 'error', comment: 'A library is entered only through its src/index.ts.',
      from: { path: '^(libs/[^/]+/[^/]+|apps/[^/]+|migrations|test)/' },
      to: { path: '^libs/[^/]+/[^/]+/', pathNot: ['^$1/', '^libs/[^/]+/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'platform-lowest', severity: 'error', comment: 'The platform knows no policy.',
      from: { path: library('platform') }, to: { path: library('core|domains') },
    },
    {
      name: 'core-below-domains', severity: 'error', comment: 'Core knows no domain.',
      from: { path: library('core') }, to: { path: library('domains') },
    },
    {
      name: 'rooms-apart', severity: 'error', comment: 'No door between domains: use an event, a gate, or two reads in the page.',
      from: { path: '^libs/domains/([^/]+)/' }, to: { path: library('domains'), pathNot: '^libs/domains/$1/' },
    },
    {
      name: 'libs-below-apps', severity: 'error', comment: 'A library knows neither the doors nor the migrations.',
      from: { path: '^libs/', pathNot: tests }, to: { path: '^(apps|migrations)/' },
    },
    {
      name: 'apps-apart', severity: 'error', comment: 'Web, worker and cli never import each other.',
      from: { path: '^apps/([^/]+)/' }, to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'pure-domain', severity: 'error', comment: 'domain/ holds pure functions and tables: itself, the kernel, the Merkle tree (pure as well) and core, nothing else.',
      from: { path: '^(libs/[^/]+/[^/]+/src)/domain/', pathNot: tests },
      to: { pathNot: ['^$1/domain/', '^libs/platform/(kernel|merkle)/src/index\\.ts$', '^libs/core/[^/]+/src/index\\.ts$'] },
    },
    onlyIn('typeorm-in-persistence', ['typeorm', '@nestjs/typeorm'], ['/persistence/', '\\.module\\.ts$', '^migrations/', '^apps/cli/']),
    onlyIn('pg-in-persistence', ['pg', '@types/pg'], ['/persistence/']),
    onlyIn('bull-in-messaging', ['bull', '@types/bull', '@nestjs/bull', '@nestjs/bull-shared'], ['^libs/platform/messaging/', '^apps/worker/']),
    onlyIn('s3-in-storage', ['@aws-sdk/[^/]+'], ['^libs/platform/storage/']),
    onlyIn('http-in-web', ['fastify', '@fastify/[^/]+', 'handlebars', '@nestjs/platform-fastify'], ['^apps/web/']),
    {
      name: 'no-tests-in-product', severity: 'error', comment: 'Nothing that runs reaches a test.',
      from: { pathNot: tests }, to: { path: tests },
    },
    {
      name: 'no-dev-packages', severity: 'error', comment: 'A production install has no development packages.',
      from: { path: '^(apps|libs|migrations)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '/@types/' },
    },
    { name: 'resolvable', severity: 'error', comment: 'The file or package is not there.', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|test/architecture/fixtures)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
