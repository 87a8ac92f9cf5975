#!/usr/bin/env node
// test-versions.mjs [version ...]: tries the client and whole slots on a server of each version, one after the other.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectNode, projectRoot, runSetUp } from './setup.mjs'

const supported = ['3.5.7', '4.0.1', '4.1.2', '4.2.0']
const versions = process.argv.length > 2 ? process.argv.slice(2) : supported

const SUITES = [
  {
    name: 'client',
    config: join(projectRoot, 'packages', 'spark-connect-js', 'test', 'versions', 'jest.config.mjs'),
    tests: 'smoke',
  },
  { name: 'slots', config: join(projectRoot, 'test', 'versions', 'jest.config.mjs'), tests: 'same-rows' },
]

process.exitCode = (await runSetUp({ isForTests: true, versions })) || tryAll()

function tryAll() {
  const folder = mkdtempSync(join(tmpdir(), 'test-versions-'))
  try {
    const outcomes = versions.flatMap((version) =>
      SUITES.map((suite) => trySuite({ version, suite, folder })),
    )
    process.stdout.write(table(outcomes))
    return outcomes.every(({ isGreen }) => isGreen) ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function trySuite({ version, suite, folder }) {
  const startedAt = performance.now()
  const report = join(folder, `${version}.json`)
  const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js')
  const flags = ['--conditions=source', '--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
  const { status } = spawnSync(
    projectNode(projectRoot),
    [...flags, jest, '--config', suite.config, '--verbose', '--json', '--outputFile', report, suite.tests],
    {
      cwd: projectRoot,
      env: { ...process.env, SPARK_VERSIONS: version },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const seconds = (performance.now() - startedAt) / 1000
  const { numPassedTests = 0, numTotalTests = 0 } =
    status === null ? {} : JSON.parse(readFileSync(report, 'utf8'))
  const passed = `${numPassedTests} of ${numTotalTests}`
  return { version, name: suite.name, passed, seconds, isGreen: status === 0 }
}

function table(outcomes) {
  const rows = outcomes.map(({ version, name, passed, seconds }) => [
    version,
    name,
    passed,
    seconds.toFixed(0),
  ])
  const lines = [['Spark', 'what', 'tests passed', 'seconds'], ...rows]
  return lines
    .map(([a, b, c, d]) => `${a.padEnd(8)}${b.padEnd(8)}${c.padStart(14)}${d.padStart(10)}\n`)
    .join('')
}
