/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  roots: ['<rootDir>/test', '<rootDir>/packages/spark-connect-js/test'],
  testMatch: ['**/*.test.ts'],
  // These bring servers of other versions along: see scripts/test-versions.mjs.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/versions/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '@swc/jest' },
  globalSetup: '<rootDir>/test/environment/global-setup.mjs',
  globalTeardown: '<rootDir>/test/environment/global-teardown.mjs',
  maxWorkers: 2,
  testTimeout: 120_000,
}
