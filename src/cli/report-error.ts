import type { Output } from './command-context.ts'
import { isLostSession } from './exit.ts'
import { firstErrorOf } from './first-error.ts'

/** Where the report goes, and how much of it. */
export interface ReportOptions {
  readonly stderr: Output
  /** Adds the stacks of the error and its causes. */
  readonly isVerbose: boolean
}

const sparkHints: Readonly<Record<string, string>> = {
  UNAVAILABLE: 'Start the Spark Connect server, or correct SPARK_REMOTE.',
  DEADLINE_EXCEEDED: 'Spark did not answer in time; look at its log, or correct SPARK_REMOTE.',
  UNAUTHENTICATED: 'Correct the token in SPARK_REMOTE.',
  PERMISSION_DENIED: 'Correct the token in SPARK_REMOTE.',
  INVALID_ARGUMENT: 'Write SPARK_REMOTE as sc://host:15002/;token=...',
}

/** Prints what went wrong in one sentence, then the way out; stacks only where they were asked for. */
export function reportError(thrown: unknown, { stderr, isVerbose }: ReportOptions): void {
  const error = firstErrorOf(thrown)
  for (const line of sentencesOf(error)) stderr.write(`ripplerank: ${line}\n`)
  const hint = hintOf(error)
  if (hint) stderr.write(`  ${hint.replaceAll('\n', '\n  ')}\n`)
  if (isVerbose) stderr.write(`${stacksOf(error)}\n`)
}

function sentencesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [String(error)]
  if ('problems' in error && Array.isArray(error.problems)) return error.problems.map(String)
  // Spark appends plans and JVM stacks to its sentence.
  return [error.message.split('\n')[0] || error.name]
}

function hintOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('hint' in error && typeof error.hint === 'string') return error.hint
  if (isLostSession(error)) return 'Spark keeps nothing of this run: run it again.'
  const isSparksVerdict = 'errorClass' in error && error.errorClass !== undefined
  if (error.name !== 'SparkConnectError' || isSparksVerdict) return undefined
  return 'code' in error ? sparkHints[String(error.code)] : undefined
}

/** Stacks rather than all properties, because those hold SQL and requests. */
function stacksOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const own = error.stack ?? error.message
  return error.cause === undefined ? own : `${own}\ncaused by: ${stacksOf(error.cause)}`
}
