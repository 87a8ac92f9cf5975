import { listenForInterrupt } from './interrupt.ts'
import { runProgram } from './run-program.ts'

const LINGER_MS = 500

// Whoever reads our output may stop reading, as `head` does; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

const { signal } = listenForInterrupt()
const { stdout, stderr } = process
process.exitCode = await runProgram(process.argv.slice(2), { signal, stdout, stderr })
// A connection that somebody forgot must not keep the shell waiting.
setTimeout(() => process.exit(), LINGER_MS).unref()
