#!/usr/bin/env node
// test-moto.mjs: tries src/cloud on moto, an AWS that others have written in Python, and says which calls it knows.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectNode, projectRoot, runSetUp } from './setup.mjs'
import { runTool } from './setup/run-tool.mjs'

const VERSION = '5.2.5'
const startWithinMs = 30_000

process.exitCode = (await runSetUp({ isForTests: true })) || (await tryMoto())

async function tryMoto() {
  const python = await motoPython()
  const folder = mkdtempSync(join(tmpdir(), 'test-moto-'))
  const calls = join(folder, 'calls')
  writeFileSync(calls, '')
  const port = await freePort()
  const address = ['-H', '127.0.0.1', '-p', String(port)]
  // AWS's own policies, of which EMR's role takes one.
  const env = { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' }
  const moto = spawn(python, ['-m', 'moto.server', ...address], { stdio: 'ignore', env })
  try {
    const endpoint = `http://127.0.0.1:${port}`
    await untilUp(moto, endpoint)
    const status = runTests({ RIPPLERANK_MOTO: endpoint, RIPPLERANK_MOTO_CALLS: calls })
    process.stdout.write(table(readFileSync(calls, 'utf8')))
    return status
  } finally {
    if (moto.exitCode === null) moto.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The Python of an environment that holds moto; made once, by pip. */
async function motoPython() {
  const folder = join(projectRoot, '.ripplerank', `moto-${VERSION}`)
  const python = join(folder, 'bin', 'python')
  if (existsSync(join(folder, 'ready'))) return python
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await runTool({ tool: 'Python', command: ['python3', '-m', 'venv', folder], cwd: projectRoot })
  const packages = [`moto[server]==${VERSION}`]
  const install = [python, '-m', 'pip', 'install', '--quiet', ...packages]
  await runTool({ tool: 'pip', command: install, cwd: projectRoot })
  writeFileSync(join(folder, 'ready'), '')
  return python
}

function runTests(variables) {
  const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js')
  const config = join(projectRoot, 'test', 'moto', 'jest.config.mjs')
  const flags = ['--conditions=source', '--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
  const { status } = spawnSync(
    projectNode(projectRoot),
    [...flags, jest, '--config', config, '--runInBand'],
    {
      cwd: projectRoot,
      env: { ...process.env, ...variables },
      stdio: 'inherit',
    },
  )
  return status ?? 1
}

async function untilUp(moto, endpoint) {
  const giveUpAt = performance.now() + startWithinMs
  while (performance.now() < giveUpAt && moto.exitCode === null) {
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(100)
  }
  throw new Error('moto did not start')
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

/** Lines of a call and the HTTP status of its answer, as test/cloud/aws-peer.ts writes them. */
function table(lines) {
  const answers = lines
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
  const calls = [...new Set(answers.map(([call]) => call))].toSorted((a, b) => (a < b ? -1 : 1))
  const rows = calls.map((call) => {
    const statuses = answers.filter(([name]) => name === call).map(([, status]) => Number(status))
    const outcome = statuses.some((status) => status < 500) ? 'answered' : 'not known to moto'
    return `${call.padEnd(32)}${String(statuses.length).padStart(6)}  ${outcome}\n`
  })
  return `${'call'.padEnd(32)}${'times'.padStart(6)}\n${rows.join('')}`
}
