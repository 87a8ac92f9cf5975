import { createRequire } from 'node:module'

import { TestEnvironment } from 'jest-environment-node'

const require = createRequire(import.meta.url)

/** Node's sandbox for a test file, with a way to load a package outside, as Node does: once for all files of a worker. */
// oxlint-disable-next-line import/no-default-export -- jest takes no other
export default class Sandbox extends TestEnvironment {
  async setup() {
    await super.setup()
    this.global.loadOutside = (name) => require(name)
  }
}
