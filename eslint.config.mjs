import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

/** Each has a known-bad fixture under test/architecture/fixtures/lint. */
const restrictions = {
  route: {
    selector: 'MethodDefinition:has(Decorator[expression.callee.name=/^(Get|Post|Put|Patch|Delete|All|Head|Options)$/]):not(:has(Decorator[expression.callee.name=/^(Can|Public)$/]))',
    message: 'A route says who may use it: @Can(…) or @Public().',
  },
  exportAll: { selector: 'ExportAllDeclaration', message: 'Name what a library exports.' },
  forwardRef: { selector: 'CallExpression[callee.name="forwardRef"]', message: 'A circle of modules: cut it with an event.' },
  repository: {
    selector: 'CallExpression[callee.property.name=/^(getRepository|createQueryBuilder)$/]',
    message: 'Queries live in persistence/ (tenant-scoped repositories).',
  },
  newDate: { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Time comes from Clock.' },
  dateNow: { selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: 'Time comes from Clock; measure durations with performance.now().' },
};
const restrict = (...except) => ({
  'no-restricted-syntax': ['error', ...Object.entries(restrictions).filter(([name]) => !except.includes(name)).map(([, rule]) => rule)],
});

export default tseslint.config(
  { ignores: ['**/node_modules/**', 'dist*/**', '.data/**', 'coverage/**', 'apps/web/public/**', 'test/architecture/fixtures/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.{ts,mjs,cjs,js}'], rules: { 'max-lines': ['error', 300], eqeqeq: ['error', 'always', { null: 'ignore' }], 'prefer-const': 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Nest modules are classes without a body, and migrations are read by folder with require.
      '@typescript-eslint/no-require-imports': 'off',
      ...restrict(),
    },
  },
  { files: ['**/persistence/**/*.ts'], rules: restrict('repository') },
  { files: ['libs/platform/kernel/src/clock.ts', 'libs/platform/kernel/src/moving-clock.ts'], rules: restrict('newDate', 'dateNow') },
  {
    files: ['test/**/*.ts', '**/*.spec.ts'],
    plugins: { jest },
    rules: {
      ...restrict('repository', 'newDate', 'dateNow', 'route'),
      'jest/no-focused-tests': 'error',
      'jest/no-disabled-tests': 'error',
      'jest/no-identical-title': 'error',
      'jest/valid-expect': ['error', { maxArgs: 2 }],
      'jest/valid-expect-in-promise': 'error',
    },
  },
);
