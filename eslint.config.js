import { builtinModules } from 'node:module';
import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import regexp from 'eslint-plugin-regexp';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { apiRooms } from './api/rooms.js';
import { contractsRooms } from './contracts/rooms.js';
import { webRooms } from './web/rooms.js';

const root = import.meta.dirname;

/** Who may import whom, libraries aside. Only scripts, tests and benchmarks import everything. */
const mayImport = {
  contracts: [],
  expressions: ['contracts'],
  layout: ['contracts'],
  workflows: ['contracts', 'expressions'],
  proof: ['contracts', 'expressions', 'workflows'],
  db: ['contracts'],
  'temporal-config': ['contracts'],
  activities: ['contracts', 'expressions', 'db'],
  api: [
    ...['contracts', 'expressions', 'layout', 'db', 'temporal-config', 'workflows', 'activities'],
    'proof',
  ],
  worker: ['contracts', 'expressions', 'db', 'temporal-config', 'workflows', 'activities'],
  web: ['contracts', 'expressions', 'layout'],
};
const packages = Object.keys(mayImport);
const outsidePackages = ['scripts', 'tests', 'benchmarks'];

const testFiles = [
  '**/*.{test,itest}.{ts,tsx}',
  '*/test/**',
  '*/src/testing/**',
  'tests/**',
  'benchmarks/**',
];
const typescriptFiles = ['**/*.{ts,tsx}'];

/** What a package's sources must not import; its tests may use the helpers in tests/. */
const zones = packages.map((name) => ({
  target: `./${name}/src`,
  from: [...packages, ...outsidePackages]
    .filter((other) => other !== name && !mayImport[name].includes(other))
    .map((other) => `./${other}`),
  message: `${name} may import ${mayImport[name].join(', ') || 'no other package'} only.`,
}));

/** Keeps each room of a package from importing those that come after it. */
function zonesOf(name, rooms) {
  const inside = (room) => room.map((path) => `./${name}/src/${path}`);
  return rooms.slice(0, -1).map((room, index) => ({
    target: inside(room),
    from: inside(rooms.slice(index + 1).flat()),
    message: `The imported room comes after this one: see ${name}/rooms.js.`,
  }));
}

const roomZones = [
  ...zonesOf('contracts', contractsRooms),
  ...zonesOf('api', apiRooms),
  ...zonesOf('web', webRooms),
];

const messagesOnly = {
  target: './api/src',
  from: './workflows/src',
  except: ['./index.ts'],
  message: 'Of workflows, api may import only the message definitions (@crmflow/workflows).',
};

const withoutTemporal = {
  target: './api/src',
  from: './activities/src',
  except: ['./egress/judge-url.ts', './ai/index.ts', './bodies/index.ts'],
  message:
    'Of activities, api may import only what judges addresses (@crmflow/activities/judge-url), what reads bodies (…/bodies) and the seam for models (…/ai).',
};

const outsideTheSandbox = {
  regex: `^(node:.*|(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})(/.*)?|@temporalio/(client|worker|activity|testing|core-bridge)(/.*)?)$`,
  message:
    'This code runs in the workflow sandbox: no Node built-ins, no client, worker or activity package.',
};

const anyTemporal = {
  regex: '^@temporalio/',
  message: 'The core is pure: only the shell around it knows Temporal.',
};

const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

const nowMessage = 'The same inputs must give the same events: take times from inputs.';
const randomMessage = 'The same inputs must give the same events: derive ids from what is there.';

/** Clocks, chance and timers, which a replay would see differently. */
const deterministic = {
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: nowMessage },
    { object: 'Math', property: 'random', message: randomMessage },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: nowMessage },
    { selector: 'CallExpression[callee.name="Date"]', message: nowMessage },
  ],
  'no-restricted-globals': [
    'error',
    ...['setTimeout', 'setInterval', 'setImmediate', 'performance'].map((name) => ({
      name,
      message: nowMessage,
    })),
    ...['crypto', 'fetch', 'process', 'Intl'].map((name) => ({ name, message: randomMessage })),
    ...['WeakRef', 'FinalizationRegistry'].map((name) => ({
      name,
      message: 'The sandbox has no garbage collection that code could see.',
    })),
  ],
};

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/generated/',
      '**/node_modules/',
      '.crmflow/',
      '.cache/',
      'coverage/',
      'test-results/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Texts of strangers meet expressions everywhere: each takes time in proportion to its text.
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    files: typescriptFiles,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Factories return plain functions; there is no `this` that could be lost.
      '@typescript-eslint/unbound-method': 'off',
      // An async function without await is how a synchronous implementation meets an async seam.
      '@typescript-eslint/require-await': 'off',
      // Template literals show bigints and numbers throughout.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.tsx', '.js', '.mjs'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver-next': [
        createNodeResolver({
          conditionNames: ['@crmflow/source', 'import', 'node', 'default'],
          extensionAlias: { '.js': ['.ts', '.tsx', '.js'] },
          extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
        }),
      ],
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-self-import': 'error',
      'import-x/no-default-export': 'error',
    },
  },
  {
    files: packages.map((name) => `${name}/src/**/*.{ts,tsx}`),
    ignores: testFiles,
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        { basePath: root, zones: [...zones, ...roomZones, messagesOnly, withoutTemporal] },
      ],
    },
  },
  {
    files: ['{contracts,expressions,layout,workflows}/src/**/*.ts'],
    ignores: testFiles,
    rules: restrict(outsideTheSandbox),
  },
  {
    files: ['{contracts,expressions}/src/**/*.ts', 'workflows/src/core/**/*.ts'],
    ignores: testFiles,
    rules: { ...restrict(outsideTheSandbox, anyTemporal), ...deterministic },
  },
  {
    files: ['web/src/**/*.{ts,tsx}'],
    // The worker that checks flows is where browsers have the schemas.
    ignores: [...testFiles, 'web/src/editor/check/check-worker.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: ['@crmflow/contracts', '@crmflow/expressions'].map((name) => ({
            name,
            allowTypeImports: true,
            message: 'Pages load no schemas: take types only, or values of a subpath without them.',
          })),
        },
      ],
    },
  },
  {
    files: testFiles,
    rules: {
      // Matchers such as expect.any(String) and parsed answers are `any` by nature.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'max-lines': 'off',
    },
  },
  {
    files: ['**/*.config.{ts,js,mjs}', 'tests/support/*-setup.ts'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
    rules: {
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // Programs of the command line speak on standard output.
    files: ['scripts/**', 'benchmarks/**', '*/tools/**', 'tests/support/**'],
    rules: { 'no-console': 'off' },
  },
);
