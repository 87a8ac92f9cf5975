import { connectToKeeper, type KeeperConnection } from './keeper-connection.ts'
import { KeeperMessage, receive, send, type EmbeddedService } from './keeper-protocol.ts'
import type { Environment } from './leashed-process.ts'
import { LocalError } from './local-error.ts'
import { isBundle, localPaths } from './paths.ts'

export type { EmbeddedService, Environment }

export type EmbeddedOptions = {
  /** What is set here is used instead of the embedded part: SPARK_REMOTE, DATABASE_URL, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL_FIREHOSE. */
  readonly environment: Environment
  /** Default: all four. With `firehose` come the IAM and the logs that a pipeline needs, and S3. */
  readonly services?: readonly EmbeddedService[]
  /** Default: `.ripplerank/state` in the project. Programs that name the same folder share the same services. */
  readonly stateDirectory?: string
  /** Removes the state folder at the end. */
  readonly isTemporary?: boolean
  readonly signal?: AbortSignal | undefined
  /** A line for people, as `Spark is up after 1.9 s`. */
  readonly onProgress?: (line: string) => void
}

/** Disposing stops the services, unless another program still uses them, and waits until they are gone. */
export type Embedded = AsyncDisposable & {
  /**
   * SPARK_REMOTE, DATABASE_URL, RIPPLERANK_LAKE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, and AWS_ENDPOINT_URL_ with
   * S3, FIREHOSE, IAM and CLOUDWATCH_LOGS.
   */
  readonly environment: Readonly<Record<string, string>>
  /** Resolves when a service ends that should not; never after disposing. */
  readonly lost: Promise<LocalError>
}

const variableOfService = {
  spark: 'SPARK_REMOTE',
  mariadb: 'DATABASE_URL',
  s3: 'AWS_ENDPOINT_URL_S3',
  firehose: 'AWS_ENDPOINT_URL_FIREHOSE',
} as const
const passedOn =
  /^(PATH|HOME|USER|LANG|LC_.*|TZ|TMPDIR|JAVA_HOME|JAVA_TOOL_OPTIONS|LD_LIBRARY_PATH|SPARK_DRIVER_MEMORY|AWS_.*)$/
const published = /^(SPARK_REMOTE|DATABASE_URL|RIPPLERANK_LAKE|AWS_.*)$/

/**
 * Gives Spark, MariaDB, S3 and Firehose for as long as the result is not disposed: those of the environment where a variable names
 * one, embedded ones otherwise.
 * @throws LocalError when a part does not start
 * @example
 * await using embedded = await startEmbedded({ environment: process.env, onProgress: console.error })
 * embedded.environment.SPARK_REMOTE // 'sc://127.0.0.1:40123/;token=...'
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { environment, services = ['spark', 'mariadb', 's3', 'firehose'], signal } = options
  const given = pick(environment, published)
  const missing = services.filter((service) => !environment[variableOfService[service]])
  if (missing.length === 0)
    return { environment: given, lost: new Promise(() => {}), async [Symbol.asyncDispose]() {} }
  if (isBundle) throw notInBundle(missing)
  const { state } = localPaths(options.stateDirectory)
  const lifetime = options.isTemporary === true ? 'temporary' : 'persistent'
  signal?.throwIfAborted()
  const seenByServices = pick(environment, passedOn)
  const connection = await connectToKeeper([state, lifetime], { environment: seenByServices, signal })
  send(connection.socket, { key: connection.key, services: missing, environment: seenByServices })
  const { variables, lost } = await answerOf(connection, options)
  return { environment: { ...given, ...variables }, lost, [Symbol.asyncDispose]: () => leave(connection) }
}

type Answer = { readonly variables: Readonly<Record<string, string>>; readonly lost: Promise<LocalError> }

async function answerOf(connection: KeeperConnection, options: EmbeddedOptions): Promise<Answer> {
  const abort = Promise.withResolvers<never>()
  const onAbort = (): void => abort.reject(options.signal?.reason)
  options.signal?.addEventListener('abort', onAbort)
  const messages = receive(connection.socket, KeeperMessage)
  try {
    const variables = await Promise.race([untilReady(messages, options.onProgress), abort.promise])
    return { variables, lost: untilLost(messages, connection) }
  } catch (error) {
    await leave(connection)
    throw error
  } finally {
    options.signal?.removeEventListener('abort', onAbort)
  }
}

async function untilReady(
  messages: AsyncGenerator<KeeperMessage>,
  onProgress: (line: string) => void = () => {},
): Promise<Readonly<Record<string, string>>> {
  for (;;) {
    const { value: message } = await messages.next()
    if (message === undefined) throw keeperEnded()
    if (message.kind === 'progress') onProgress(message.line)
    else if (message.kind === 'ready') return message.environment
    else throw new LocalError(message.code, message.message, { hint: message.hint })
  }
}

/** Pending for ever once we have hung up ourselves. */
async function untilLost(
  messages: AsyncGenerator<KeeperMessage>,
  { socket }: KeeperConnection,
): Promise<LocalError> {
  for await (const message of messages) {
    if (message.kind === 'lost') return new LocalError(message.code, message.message, { hint: message.hint })
  }
  return socket.writableEnded ? new Promise(() => {}) : keeperEnded()
}

/** Says goodbye and waits until the keeper hangs up, which it does when the services are gone or others use them. */
function leave({ socket }: KeeperConnection): Promise<void> {
  return new Promise((settle) => {
    socket.once('close', () => settle())
    if (socket.destroyed) settle()
    socket.on('error', () => {}).end()
    socket.resume()
  })
}

function notInBundle(services: readonly EmbeddedService[]): LocalError {
  const variables = services.map((service) => variableOfService[service]).join(' and ')
  return new LocalError('runtime_missing', 'This build of Ripplerank starts no services of its own.', {
    hint: `Name yours by ${variables}, or run it from its checkout.`,
  })
}

function keeperEnded(): LocalError {
  return new LocalError('lost', 'The embedded services have ended.', { hint: 'Run the command again.' })
}

function pick(environment: Environment, names: RegExp): Readonly<Record<string, string>> {
  const chosen: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && names.test(name)) chosen[name] = value
  }
  return chosen
}
