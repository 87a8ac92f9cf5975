// cores.mjs [records]: the rows of docs/scale.md, by running bench/scale.ts on some of the machine's cores (Linux only).
import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

const records = process.argv[2] ?? '1000000'
const script = join(import.meta.dirname, 'scale.ts')

for (let cores = 1; cores <= availableParallelism(); cores *= 2) {
  const command = [process.execPath, '--conditions=source', script, '--records', records]
  // Spark, MariaDB and the rest are children of it, and Java counts the cores that it may use.
  const { stdout, status } = spawnSync('taskset', ['--cpu-list', `0-${cores - 1}`, ...command], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) process.exit(status ?? 1)
  process.stdout.write(`${cores} of the machine's cores\n${stdout}\n`)
}
