#!/usr/bin/env node
// The command line on any Node >= 20: sets up what is missing, then hands over to src/cli/main.ts on the project's Node.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { projectNode, projectRoot, runSetUp } from '../scripts/setup.mjs'

const signalBase = 128 // a shell's exit code of a program that a signal ended

process.exitCode = (await runSetUp()) || (await runMain(process.argv.slice(2)))

function runMain(args) {
  const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning', ...memoryFlags(args)]
  const ending = ['--import', join(projectRoot, 'bin', 'end-with-launcher.mjs')]
  const command = [...flags, ...ending, join(projectRoot, 'src', 'cli', 'main.ts'), ...args]
  const child = spawn(projectNode(projectRoot), command, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  child.channel?.unref()
  passSignalsTo(child)
  return new Promise((settle) => {
    child.once('error', (error) => {
      process.stderr.write(`ripplerank: Node cannot be started: ${error.message}; run \`npm ci\`.\n`)
      settle(2)
    })
    child.once('exit', (code, signal) => settle(code ?? signalBase + constants.signals[signal]))
  })
}

// What passes through a collector is garbage at once; Node would let 100 MB of it pile up before it looks.
function memoryFlags([command]) {
  return command === 'collect' ? ['--max-semi-space-size=8'] : []
}

function passSignalsTo(child) {
  // A terminal sends Ctrl-C to every process of the command by itself; passed on as well, it would count as a second one.
  const isInTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  process.on('SIGINT', () => isInTerminal || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
}
