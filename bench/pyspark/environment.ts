import { execFile } from 'node:child_process'
import { access, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectRoot } from '../../src/local/paths.ts'

const VERSION = '4.1.2'

/** The Python of an environment that holds PySpark's Connect client; made once, by pip. */
export async function pysparkPython(signal: AbortSignal): Promise<string> {
  const folder = join(projectRoot, '.ripplerank', 'bench', `pyspark-${VERSION}`)
  const python = join(folder, 'bin', 'python')
  const run = (command: string, ...args: readonly string[]) => promisify(execFile)(command, args, { signal })
  if (await exists(join(folder, 'ready'))) return python
  await rm(folder, { recursive: true, force: true })
  await run('python3', '-m', 'venv', folder)
  await run(python, '-m', 'pip', 'install', '--quiet', `pyspark-client==${VERSION}`)
  await run(python, '-c', `open(${JSON.stringify(join(folder, 'ready'))}, 'w').close()`)
  return python
}

/**
 * The variables with a Spark address that PySpark speaks to in plain text: with a token it takes TLS for granted,
 * except where the host is called localhost.
 */
export const pysparkVariables = (
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => ({
  ...variables,
  SPARK_REMOTE: variables['SPARK_REMOTE']?.replace('//127.0.0.1:', '//localhost:') ?? '',
})

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
