// cores.mjs [--records N]: the rows of docs/scale.md, by scoring on some of the machine's cores (Linux only). The last has executors
// of their own, processes beside the driver's, as on a cluster. 200,000 records take some ten minutes, a million three times that.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { records: { type: 'string', default: '1000000' } } })
const home = join(import.meta.dirname, '..', '.ripplerank')
const most = availableParallelism()

const rows = []
for (let cores = 1; cores <= most; cores *= 2) rows.push({ cores, master: `local[${cores}]` })
rows.push({ cores: most, master: `local-cluster[${most},1,1024]` })

process.stdout.write(line(['cores', 'master', 'records', 'seconds', 'core seconds a million records']))
process.stdout.write(line(['---', '---', '---', '---', '---']))
for (const row of rows) {
  const { records, seconds } = measured(row)
  const coreSeconds = ((seconds * row.cores) / records) * 1e6
  const cells = [
    row.cores,
    `\`${row.master}\``,
    records.toLocaleString('en'),
    seconds.toFixed(1),
    coreSeconds.toFixed(0),
  ]
  process.stdout.write(line(cells))
}

function measured({ cores, master }) {
  const child = join(import.meta.dirname, 'cores-child.ts')
  const command = [process.execPath, '--conditions=source', child, '--records', values.records]
  // Spark, MariaDB and the rest are children of it, and Java counts the cores that it may use.
  const { stdout, status } = spawnSync('taskset', ['--cpu-list', `0-${cores - 1}`, ...command], {
    encoding: 'utf8',
    env: { ...process.env, SPARK_MASTER: master, SPARK_HOME: sparkHome() },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) process.exit(status ?? 1)
  return JSON.parse(stdout)
}

/** Executors take their jars from a folder `jars`, and the MySQL driver with them. */
function sparkHome() {
  const place = join(home, 'bench', 'spark-home')
  rmSync(place, { recursive: true, force: true })
  mkdirSync(join(place, 'jars'), { recursive: true })
  for (const from of ['jars', 'connector-j']) {
    const folder = join(home, 'runtime', from)
    for (const name of readdirSync(folder)) symlinkSync(join(folder, name), join(place, 'jars', name))
  }
  return place
}

function line(cells) {
  return `| ${cells.join(' | ')} |\n`
}
