import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { EmbeddedService } from './keeper-protocol.ts'
import type { Environment } from './leashed-process.ts'
import { LocalError } from './local-error.ts'
import type { LocalPaths } from './paths.ts'
import { FIREHOSE, firehoseName, pipelineService } from './pipeline-service.ts'
import { startMariadb } from './start-mariadb.ts'
import { startS3, type RunningS3 } from './start-s3.ts'
import { startSpark } from './start-spark.ts'

type Variables = Readonly<Record<string, string>>
type Service = AsyncDisposable & { readonly variables: Variables; readonly exited?: Promise<number> }

type ServiceRequest = {
  readonly services: readonly EmbeddedService[]
  readonly environment: Environment
  readonly onProgress: (line: string) => void
}

/** The services of one state folder, each started when first asked for. Disposing stops them all. */
export type SharedServices = AsyncDisposable & {
  /** @throws LocalError when one of them does not start; the others keep running */
  readonly provide: (request: ServiceRequest) => Promise<Variables>
}

/** Opens the services of a state folder; nothing runs yet. */
export function sharedServices(options: {
  readonly paths: LocalPaths
  /** Called when a service that was up has ended by itself. */
  readonly onLost: (error: LocalError) => void
}): SharedServices {
  const { paths, onLost } = options
  const running = new Map<string, Promise<Service>>()
  const aborted = new AbortController() // a service that is still starting need not come up first
  const { signal } = aborted

  const share = (name: string, start: () => Promise<Service>): Promise<Service> => {
    const known = running.get(name)
    if (known !== undefined) return known
    signal.throwIfAborted()
    const started = start()
    running.set(name, started)
    const forget = (): boolean => running.get(name) === started && running.delete(name)
    started.then(
      (service) =>
        service.exited?.then(() => {
          if (!signal.aborted && forget()) onLost(lost(name.replace(/-.*/, '')))
        }),
      forget, // so that the next guest tries again
    )
    return started
  }

  const provide = async ({ services, environment, onProgress }: ServiceRequest): Promise<Variables> => {
    const wants = (service: EmbeddedService): boolean => services.includes(service)
    const timed = withProgress(onProgress)
    const mariadb = wants('mariadb')
      ? share('MariaDB', () => timed('MariaDB', () => mariadbService({ paths, environment, signal })))
      : undefined
    const needsS3 = wants('firehose') && !environment['AWS_ENDPOINT_URL_S3']
    const s3 = wants('s3') || needsS3 ? share('S3', () => timed('S3', () => s3Service(paths))) : undefined
    const spark = wants('spark') ? startSparkAfter(s3) : undefined
    const firehose = wants('firehose') ? startFirehoseAfter(s3) : undefined
    async function startSparkAfter(store: Promise<Service> | undefined): Promise<Service> {
      // Spark learns at its start which S3 it works with, so one that uses another S3 is another Spark.
      const seen = { ...sparksOwn(environment), ...(await store)?.variables }
      return share(sparkName(seen), () =>
        timed('Spark', () => sparkService({ paths, environment: seen, signal })),
      )
    }
    async function startFirehoseAfter(store: Promise<Service> | undefined): Promise<Service> {
      const seen = { ...environment, ...(await store)?.variables }
      return share(firehoseName(seen), () => timed('Firehose', () => pipelineService(seen)))
    }
    const ready = await Promise.all([mariadb, s3, spark, firehose])
    return Object.fromEntries(ready.flatMap((service) => Object.entries(service?.variables ?? {})))
  }

  const stop = async (): Promise<void> => {
    aborted.abort()
    const isFirst = (name: string): boolean => name.startsWith(FIREHOSE)
    // Firehose delivers what it holds to S3 on the way out.
    for (const isTurn of [isFirst, (name: string) => !isFirst(name)]) {
      const due = [...running].flatMap(([name, service]) => (isTurn(name) ? [service] : []))
      const started = await Promise.allSettled(due)
      const up = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      await Promise.all(up.map((service) => service[Symbol.asyncDispose]()))
    }
  }
  return { provide, [Symbol.asyncDispose]: stop }
}

function withProgress(onProgress: (line: string) => void) {
  return async (name: string, start: () => Promise<Service>): Promise<Service> => {
    const startedAt = performance.now()
    onProgress(`Starting ${name}`)
    const service = await start()
    onProgress(`${name} is up after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
    return service
  }
}

type ServiceOptions = {
  readonly paths: LocalPaths
  readonly environment: Environment
  readonly signal: AbortSignal
}

async function mariadbService({ paths, environment, signal }: ServiceOptions): Promise<Service> {
  const dataDirectory = join(paths.state, 'mariadb')
  const logFile = join(paths.state, 'logs', 'mariadb.log')
  const mariadb = await startMariadb({ paths, dataDirectory, logFile, environment, signal })
  return { ...mariadb, variables: { DATABASE_URL: mariadb.url } }
}

async function s3Service(paths: LocalPaths): Promise<Service> {
  const s3 = await startS3({ dataDirectory: join(paths.state, 's3') })
  return { [Symbol.asyncDispose]: s3[Symbol.asyncDispose], variables: s3Variables(s3) }
}

function s3Variables(s3: RunningS3): Variables {
  return {
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ACCESS_KEY_ID: s3.accessKeyId,
    AWS_SECRET_ACCESS_KEY: s3.secretAccessKey,
    AWS_REGION: s3.region,
  }
}

async function sparkService({ paths, environment, signal }: ServiceOptions): Promise<Service> {
  const name = sparkName(environment).toLowerCase()
  const lake = join(paths.state, 'lake')
  await mkdir(lake, { recursive: true })
  const logFile = join(paths.state, 'logs', `${name}.log`)
  const spark = await startSpark({
    signal,
    paths,
    workDirectory: join(paths.state, 'work', name),
    logFile,
    environment,
  })
  return { ...spark, variables: { SPARK_REMOTE: spark.remote, RIPPLERANK_LAKE: lake } }
}

/** Without the endpoints that Spark never calls: they must not make another Spark of it. */
function sparksOwn(environment: Environment): Environment {
  const isForeign = (name: string): boolean => /^AWS_ENDPOINT_URL_(?!S3$)/.test(name)
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !isForeign(name)))
}

function sparkName(environment: Environment): string {
  const aws = Object.entries(environment).filter(([name]) => name.startsWith('AWS_'))
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(aws.toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex')
  return `Spark-${fingerprint.slice(0, 8)}`
}

function lost(name: string): LocalError {
  const hint = 'Run the command again; the log files in the state folder say why it ended.'
  return new LocalError('lost', `The embedded ${name} has ended.`, { hint })
}
