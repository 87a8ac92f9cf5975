import root from '../../../jest.config.mjs'

/**
 * Builds the images outside Docker, which fetches packages and jars: `npm test` has no part in it.
 * @type {import('jest').Config}
 */
export default {
  ...root,
  rootDir: '../../..',
  roots: ['<rootDir>/test/docker/build'],
  testMatch: ['**/*.build.ts'],
  testTimeout: 900_000,
}
