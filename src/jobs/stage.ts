import type { ActionOptions, Progress } from 'spark-connect-js'

/** One stage of a job while it runs. */
export interface Stage {
  progress(progress: Progress): void
  /** @param detail what came out, such as `1,855 observations` */
  done(detail?: string): void
}

/** Told of each stage as it begins. */
export type StageListener = (stage: { readonly name: string }) => Stage

const SILENT: Stage = { progress: () => undefined, done: () => undefined }

/** Runs a part of a job as a stage: its Spark actions report to it, and end with the signal. */
export async function runStage<R>(
  { name, onStage, signal }: StageSettings,
  work: (options: ActionOptions, stage: Stage) => Promise<R>,
): Promise<R> {
  signal?.throwIfAborted()
  const stage = onStage?.({ name }) ?? SILENT
  return work({ signal, onProgress: (progress) => stage.progress(progress) }, stage)
}

interface Watched {
  readonly onStage?: StageListener | undefined
  readonly signal?: AbortSignal | undefined
}

/** A stage of a job that is watched. */
export const stageOf = ({ onStage, signal }: Watched, name: string): StageSettings => ({
  name,
  onStage,
  signal,
})

/** A count in a stage's detail. @example whole(1855) // '1,855' */
export const whole = (count: number): string => count.toLocaleString('en')

interface StageSettings {
  readonly name: string
  readonly onStage: StageListener | undefined
  readonly signal: AbortSignal | undefined
}
