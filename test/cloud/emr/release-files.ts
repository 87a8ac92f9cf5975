import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** The scripts of a cluster as they are, and a program that is not Ripplerank. */
export async function releaseFiles(
  folder: string,
  program: string,
  nodeScript = '#!/bin/sh\nexec sh "$@"\n',
): Promise<Readonly<Record<string, string>>> {
  const [node, bundle] = [join(folder, 'node'), join(folder, 'ripplerank.mjs')]
  await writeFile(node, nodeScript)
  await writeFile(bundle, program)
  const scripts = ['bootstrap.sh', 'connect.sh', 'step.sh'].map(
    (name) => [name, join(root, 'docker', 'emr', name)] as const,
  )
  return { node, 'ripplerank.mjs': bundle, ...Object.fromEntries(scripts) }
}
