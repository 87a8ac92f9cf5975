import type { Output } from './command-context.ts'
import { cutToWidth } from './display-width.ts'
import { formatBytes, formatSeconds, formatWhole } from './number-format.ts'

/** How far Spark has come with a stage, by its own count. */
interface StageProgress {
  readonly tasks: number
  readonly tasksDone: number
  readonly inputBytes: number
}

/** One stage of the work while it runs. */
interface Stage {
  progress(progress: StageProgress): void
  /** @param detail what has come out so far */
  tell(detail: string): void
  /** @param detail what came out, such as `1,855 retweets` */
  done(detail?: string): void
}

/** Tells people on stderr what happens: a line a stage. Disposing ends a line that is still being updated. */
export interface Progress extends Disposable {
  readonly stage: (stage: { readonly name: string }) => Stage
  /** A line for what happens beside the stages. */
  readonly note: (line: string) => void
}

export interface ProgressOptions {
  readonly stream: Output
  /** Milliseconds on a clock that never goes back. */
  readonly nowMs?: () => number
}

interface RunningStage {
  readonly name: string
  readonly begunMs: number
  progress?: StageProgress
  detail?: string
  toldMs: number
}

const REDRAW_MS = 100
const TELL_AGAIN_MS = 10_000
const DEFAULT_COLUMNS = 80
const clearLine = '\r\u001B[K'

/** On a terminal one line is updated in place; into a file or a log go plain lines, at most one in 10 s for a stage. */
export function createProgress({ stream, nowMs = () => performance.now() }: ProgressOptions): Progress {
  return stream.isTTY ? updatingLine(stream, nowMs) : plainLines(stream, nowMs)
}

function plainLines(stream: Output, nowMs: () => number): Progress {
  const tellAgain = (stage: RunningStage): void => {
    if (nowMs() - stage.toldMs < TELL_AGAIN_MS) return
    stage.toldMs = nowMs()
    stream.write(`${lineOf(stage, nowMs())} ...\n`)
  }
  return {
    note: (line) => void stream.write(`${line}\n`),
    stage: ({ name }) => {
      const stage: RunningStage = { name, begunMs: nowMs(), toldMs: nowMs() }
      return {
        progress: (progress) => {
          stage.progress = progress
          tellAgain(stage)
        },
        tell: (detail) => {
          stage.detail = detail
          tellAgain(stage)
        },
        done: (detail) => void stream.write(`${lineOf(stage, nowMs(), detail)}\n`),
      }
    },
    [Symbol.dispose]: () => {},
  }
}

function updatingLine(stream: Output, nowMs: () => number): Progress {
  const running = new Set<RunningStage>()
  const redraw = (): void => {
    const newest = [...running].at(-1)
    const line = newest
      ? cutToWidth(`… ${lineOf(newest, nowMs())}`, (stream.columns ?? DEFAULT_COLUMNS) - 1)
      : ''
    stream.write(`${clearLine}${line}`)
  }
  const timer = setInterval(() => running.size > 0 && redraw(), REDRAW_MS).unref()
  return {
    stage: ({ name }) => {
      const stage: RunningStage = { name, begunMs: nowMs(), toldMs: nowMs() }
      running.add(stage)
      redraw()
      return {
        progress: (progress) => void (stage.progress = progress),
        tell: (detail) => void (stage.detail = detail),
        done: (detail) => {
          running.delete(stage)
          stream.write(`${clearLine}✓ ${lineOf(stage, nowMs(), detail)}\n`)
          redraw()
        },
      }
    },
    note: (line) => {
      stream.write(`${clearLine}${line}\n`)
      redraw()
    },
    [Symbol.dispose]: () => {
      clearInterval(timer)
      // What was cut short stays readable, and the error that follows gets a line of its own.
      for (const stage of running) stream.write(`${clearLine}✗ ${lineOf(stage, nowMs())}\n`)
      running.clear()
    },
  }
}

/** @example 'read raw objects: 4.2 s, 12/12 tasks, 1.1 GB, 1,855 retweets' */
function lineOf(stage: RunningStage, nowMs: number, detail = stage.detail): string {
  const { name, begunMs, progress } = stage
  const parts = [formatSeconds(nowMs - begunMs)]
  if (progress && progress.tasks > 0) {
    parts.push(`${formatWhole(progress.tasksDone)}/${formatWhole(progress.tasks)} tasks`)
  }
  if (progress && progress.inputBytes > 0) parts.push(formatBytes(progress.inputBytes))
  if (detail) parts.push(detail)
  return `${name}: ${parts.join(', ')}`
}
