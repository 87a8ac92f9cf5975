import type { Progress } from '../frame/executor.ts'
import type {
  ExecutePlanResponse_ExecutionProgress as ExecutionProgress,
  ExecutePlanResponse_ExecutionProgress_StageInfo as StageInfo,
} from '../generated/spark/connect/base_pb.js'

/** How far one Spark stage of an operation has come. */
export interface StageProgress {
  readonly stageId: bigint
  readonly tasks: number
  readonly tasksDone: number
  readonly inputBytes: number
  readonly isDone: boolean
}

/** How far one of the session's operations has come. */
export interface OperationProgress extends Progress {
  readonly operationId: string
  readonly stages: readonly StageProgress[]
  /** True once, at the end of the operation, however it ended. */
  readonly isDone: boolean
}

export type ProgressHandler = (progress: OperationProgress) => void

const NOTHING_YET: Progress & Pick<OperationProgress, 'stages'> = {
  tasks: 0,
  tasksDone: 0,
  tasksRunning: 0,
  inputBytes: 0,
  stages: [],
}

/** Those who want to know about the progress of all operations of a session. */
export class ProgressHandlers {
  readonly #handlers = new Set<ProgressHandler>()

  add(handler: ProgressHandler): void {
    this.#handlers.add(handler)
  }

  remove(handler: ProgressHandler): void {
    this.#handlers.delete(handler)
  }

  clear(): void {
    this.#handlers.clear()
  }

  /** Follows one operation: `report` what the server says of it, and its `end`. */
  follow(operationId: string) {
    let latest = NOTHING_YET
    const tell = (isDone: boolean) => {
      for (const handler of this.#handlers) handler({ ...latest, operationId, isDone })
    }
    return {
      report: (message: ExecutionProgress): Progress => {
        const sums = totals(message)
        latest = { ...sums, stages: message.stages.map(stageProgress) }
        tell(false)
        return sums
      },
      end: () => tell(true),
    }
  }
}

const totals = ({ stages, numInflightTasks }: ExecutionProgress): Progress => ({
  tasks: stages.reduce((tasks, stage) => tasks + Number(stage.numTasks), 0),
  tasksDone: stages.reduce((tasks, stage) => tasks + Number(stage.numCompletedTasks), 0),
  tasksRunning: Number(numInflightTasks),
  inputBytes: stages.reduce((bytes, stage) => bytes + Number(stage.inputBytesRead), 0),
})

const stageProgress = (stage: StageInfo): StageProgress => ({
  stageId: stage.stageId,
  tasks: Number(stage.numTasks),
  tasksDone: Number(stage.numCompletedTasks),
  inputBytes: Number(stage.inputBytesRead),
  isDone: stage.done,
})
