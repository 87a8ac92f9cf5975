import base from '../../../../jest.config.mjs'

const { globalSetup: _setup, globalTeardown: _teardown, ...shared } = base

/** For these tests alone, which start the servers that they need. @type {import('jest').Config} */
export default {
  ...shared,
  rootDir: '../../../..',
  roots: ['<rootDir>/packages/spark-connect-js/test/versions'],
}
