import root from '../../jest.config.mjs'

const { globalSetup: _start, globalTeardown: _stop, ...shared } = root

/**
 * The tests of src/cloud on moto's server: they need no Spark, MariaDB or S3 of ours. See scripts/test-moto.mjs.
 * @type {import('jest').Config}
 */
export default {
  ...shared,
  rootDir: '../..',
  roots: ['<rootDir>/test/cloud'],
}
