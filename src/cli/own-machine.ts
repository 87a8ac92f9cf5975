import { startEmbedded } from '../local/start-embedded.ts'
import type { CommandContext } from './command-context.ts'
import { readEnvironment } from './environment.ts'
import type { Progress } from './progress.ts'
import type { Services } from './services.ts'
import { openServices } from './services.ts'

/** Services that all run on this machine, and the variables that lead to them. */
export interface OwnServices extends Services {
  readonly variables: Readonly<Record<string, string>>
}

export interface OwnMachineOptions {
  readonly context: CommandContext
  readonly progress: Progress
  /** Default: the one that `ripplerank up` and `ripplerank score` use. */
  readonly stateDirectory?: string
  /** Removes the state folder at the end. */
  readonly isTemporary?: boolean
}

const SERVICE_VARIABLES = /^(SPARK_REMOTE|DATABASE_URL|RIPPLERANK_LAKE|AWS_.*)$/

/**
 * Opens Spark, the store and S3 on this machine, whatever the environment names: invented data must never reach
 * somebody's real database or bucket.
 *
 * @throws LocalError, StoreError or SparkConnectError when a part does not come up
 */
export async function openOwnServices(options: OwnMachineOptions): Promise<OwnServices> {
  const { context, progress, ...place } = options
  await using stack = new AsyncDisposableStack()
  const lost = new AbortController()
  const signal = AbortSignal.any([context.signal, lost.signal])
  const environment = withoutServices(readEnvironment(context.variables).all)
  const stage = progress.stage({ name: 'start services' })
  const lines: string[] = []
  const onProgress = (line: string): void => void lines.push(line)
  const embedded = stack.use(await startEmbedded({ environment, ...place, signal, onProgress }))
  stage.done(lines.filter((line) => line.includes(' is up ')).join(', ') || 'all up already')
  void embedded.lost.then((error) => lost.abort(error))
  const variables = embedded.environment
  const own = { ...context, variables: { ...environment, ...variables }, signal }
  const services = stack.use(await openServices({ context: own, progress: silent, services: [] }))
  const opened = stack.move()
  return { ...services, variables, signal, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

/** The variables without those that lead to services. */
function withoutServices(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !SERVICE_VARIABLES.test(name)))
}

// The services are up: a stage for finding that out would only puzzle.
const silent: Progress = {
  stage: () => ({ progress: () => {}, tell: () => {}, done: () => {} }),
  note: () => {},
  [Symbol.dispose]: () => {},
}
