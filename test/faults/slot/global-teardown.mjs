import { readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import stopServices from '../../environment/global-teardown.mjs'

const TITLES = ['fault', 'runs', 'rows lost', 'rows doubled', 'seconds']
const COUNTS = ['runs', 'lost', 'doubled', 'seconds']

/** Stops the servers and prints the table. */
export default async function globalTeardown() {
  await stopServices()
  const file = process.env.RIPPLERANK_FAULT_LINES
  const lines = readFileSync(file, 'utf8').trim().split('\n').filter(Boolean)
  rmSync(dirname(file), { recursive: true })
  process.stdout.write(tableOf(lines.map((line) => JSON.parse(line))))
}

function tableOf(lines) {
  const total = (name) => lines.reduce((sum, line) => sum + line[name], 0)
  const all = { fault: 'all', ...Object.fromEntries(COUNTS.map((name) => [name, total(name)])) }
  const rows = [...lines, all].map(({ fault, runs, lost, doubled, seconds }) => [
    fault,
    runs,
    lost,
    doubled,
    seconds.toFixed(1),
  ])
  const cells = [TITLES, ...rows].map((row) => row.map(String))
  const widths = TITLES.map((_, column) => Math.max(...cells.map((row) => row[column].length)))
  const padded = cells.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))),
  )
  return `\n${padded.map((row) => row.join('  ')).join('\n')}\n`
}
