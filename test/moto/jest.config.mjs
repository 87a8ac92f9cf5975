import root from '../../jest.config.mjs'

const { globalSetup: _start, globalTeardown: _stop, ...shared } = root

/**
 * The tests of src/cloud on moto's server: they need no Spark, MariaDB or S3 of ours. Those of EMR run steps, which moto does
 * not, so it has some of its own. See scripts/test-moto.mjs.
 * @type {import('jest').Config}
 */
export default {
  ...shared,
  rootDir: '../..',
  roots: ['<rootDir>/test/cloud', '<rootDir>/test/moto'],
  testMatch: ['**/*.test.ts', '**/*.moto.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cloud/emr/'],
}
