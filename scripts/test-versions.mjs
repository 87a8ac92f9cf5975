#!/usr/bin/env node
// test-versions.mjs [version ...]: tries the client on a server of each version, one after the other, and prints a table.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectNode, projectRoot, runSetUp } from './setup.mjs'

const supported = ['3.5.7', '4.0.1', '4.1.2', '4.2.0']
const versions = process.argv.length > 2 ? process.argv.slice(2) : supported

process.exitCode = (await runSetUp({ isForTests: true, versions })) || tryAll()

function tryAll() {
  const folder = mkdtempSync(join(tmpdir(), 'test-versions-'))
  try {
    const outcomes = versions.map((version) => tryVersion(version, join(folder, `${version}.json`)))
    process.stdout.write(table(outcomes))
    return outcomes.every(({ isGreen }) => isGreen) ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function tryVersion(version, report) {
  const startedAt = performance.now()
  const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js')
  const config = join(projectRoot, 'packages', 'spark-connect-js', 'test', 'versions', 'jest.config.mjs')
  const flags = ['--conditions=source', '--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
  const { status } = spawnSync(
    projectNode(projectRoot),
    [...flags, jest, '--config', config, '--verbose', '--json', '--outputFile', report, 'smoke'],
    {
      cwd: projectRoot,
      env: { ...process.env, SPARK_VERSIONS: version },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const seconds = (performance.now() - startedAt) / 1000
  const { numPassedTests = 0, numTotalTests = 0 } =
    status === null ? {} : JSON.parse(readFileSync(report, 'utf8'))
  return { version, passed: `${numPassedTests} of ${numTotalTests}`, seconds, isGreen: status === 0 }
}

function table(outcomes) {
  const rows = outcomes.map(({ version, passed, seconds }) => [version, passed, seconds.toFixed(0)])
  const lines = [['Spark', 'tests passed', 'seconds'], ...rows]
  return lines.map(([a, b, c]) => `${a.padEnd(8)}${b.padStart(14)}${c.padStart(10)}\n`).join('')
}
