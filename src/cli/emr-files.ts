import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { readRelease, type Release } from '../cloud/emr/release.ts'
import { isBundle, projectRoot } from '../local/paths.ts'
import { ConfigError } from './config-error.ts'

const SCRIPTS = ['bootstrap.sh', 'connect.sh', 'step.sh'] as const

interface Wanted {
  readonly architecture: 'x64' | 'arm64'
  /** A Node for the cluster's machines; default: the one that npm brings for Linux. */
  readonly node?: string | undefined
}

/**
 * Reads what a cluster installs: the bundle, the driver, the scripts, and a Node for its machines, which then need no way out to
 * fetch one.
 * @throws ConfigError naming what is missing
 */
export async function releaseOfBuild({ architecture, node }: Wanted): Promise<Release> {
  const folder = isBundle ? projectRoot : join(projectRoot, 'dist')
  const ownNode = join(projectRoot, 'node_modules', `node-linux-${architecture}`, 'bin', 'node')
  const files = {
    'ripplerank.mjs': join(folder, 'ripplerank.mjs'),
    'mysql-connector-j.jar': join(folder, 'mysql-connector-j.jar'),
    ...Object.fromEntries(SCRIPTS.map((name) => [name, join(folder, 'emr', name)])),
  }
  const missing = Object.values(files).find((path) => !existsSync(path))
  if (missing !== undefined) throw new ConfigError(`${missing} is missing; run \`npm run build\` first`)
  const given = node ?? ownNode
  if (!existsSync(given)) {
    throw new ConfigError(
      `there is no Node for ${architecture} machines in ${given}; name one by --node, such as bin/node of a download for linux-${architecture}`,
    )
  }
  return readRelease({ ...files, node: given })
}
