import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { buildApp } from 'fauxqs'
import { LocalError } from './local-error.ts'
import { addBucketSettings } from './s3-bucket-settings.ts'

export type S3Options = {
  /** Kept between runs; made when missing. One server at a time. */
  readonly dataDirectory: string
}

/** An S3 server on loopback, inside this process, with the bucket `ripplerank`. The keys are made up: it asks for none. */
export type RunningS3 = AsyncDisposable & {
  readonly endpoint: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
}

const bucket = 'ripplerank'
const largestBodyBytes = 5 * 2 ** 30 // S3's own limit for one PUT

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>
type S3Store = Stores['s3Store']

/** The parts of fauxqs that its package does not export. */
type Parts = {
  readonly S3Store: new () => S3Store
  readonly SqsStore: new () => Stores['sqsStore']
  readonly SnsStore: new () => Stores['snsStore']
  readonly FileS3Persistence: new (directory: string) => NonNullable<S3Store['persistence']>
}

/**
 * Starts an S3 server on a free loopback port; objects are files in the data folder.
 * @throws LocalError `runtime_missing` when fauxqs is another version than the one this was written for
 * @example await using s3 = await startS3({ dataDirectory: '.ripplerank/state/s3' })
 */
export async function startS3({ dataDirectory }: S3Options): Promise<RunningS3> {
  await mkdir(dataDirectory, { recursive: true })
  const { S3Store, SqsStore, SnsStore, FileS3Persistence } = await loadParts()
  const files = new FileS3Persistence(dataDirectory)
  const s3Store = new S3Store()
  files.loadS3(s3Store)
  s3Store.persistence = files
  if (!s3Store.hasBucket(bucket)) s3Store.createBucket(bucket)
  const app = buildApp({
    logger: false,
    stores: { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store },
  })
  // Theirs ends at 11 MiB, which a single PUT of Firehose or of a test may well exceed.
  app.removeContentTypeParser('*')
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: largestBodyBytes },
    (_request, body, done) => {
      done(null, body)
    },
  )
  addBucketSettings(app, (name) => s3Store.hasBucket(name))
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' })
  const stop = async (): Promise<void> => {
    await app.close()
    files.close()
  }
  const secretAccessKey = randomBytes(20).toString('hex')
  return {
    endpoint,
    accessKeyId: 'ripplerank',
    secretAccessKey,
    region: 'us-east-1',
    [Symbol.asyncDispose]: stop,
  }
}

/**
 * fauxqs' own `startFauxqs` listens on every network interface, and `buildApp` alone keeps nothing on disk; together with
 * these parts it does what is needed. The version of fauxqs is pinned.
 */
async function loadParts(): Promise<Parts> {
  const base = import.meta.resolve('fauxqs')
  const modules = ['./s3/s3Store.js', './sqs/sqsStore.js', './sns/snsStore.js', './s3/fileS3Persistence.js']
  const parts: unknown = Object.assign(
    {},
    ...(await Promise.all(modules.map((path) => import(new URL(path, base).href)))),
  )
  if (isParts(parts)) return parts
  const hint = 'Run `npm install`, so that fauxqs is the version that package-lock.json names.'
  throw new LocalError('runtime_missing', 'The embedded S3 is not made of the expected parts.', { hint })
}

function isParts(value: unknown): value is Parts {
  const names: readonly (keyof Parts)[] = ['S3Store', 'SqsStore', 'SnsStore', 'FileS3Persistence']
  const parts = new Map<string, unknown>(Object.entries(value ?? {}))
  return names.every((name) => typeof parts.get(name) === 'function')
}
