import root from '../../../jest.config.mjs'

/**
 * Faults of a slot, with a table at the end: minutes of killing, cutting and filling up. `npm test` has the short form.
 * @type {import('jest').Config}
 */
export default {
  ...root,
  rootDir: '../../..',
  roots: ['<rootDir>/test/faults'],
  testMatch: ['**/score-killed.test.ts', '**/*.fault.ts'],
  globalSetup: '<rootDir>/test/faults/slot/global-setup.mjs',
  globalTeardown: '<rootDir>/test/faults/slot/global-teardown.mjs',
  // Runs that are killed shall not wait for others.
  maxWorkers: 1,
  testTimeout: 900_000,
}
