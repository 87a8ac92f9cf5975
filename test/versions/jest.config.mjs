import root from '../../jest.config.mjs'

const { testPathIgnorePatterns: _notHere, ...shared } = root

/**
 * Whole slots on a server of each version in SPARK_VERSIONS. See scripts/test-versions.mjs.
 * @type {import('jest').Config}
 */
export default { ...shared, rootDir: '../..', roots: ['<rootDir>/test/versions'], testTimeout: 300_000 }
