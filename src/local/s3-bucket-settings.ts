import type { buildApp } from 'fauxqs'

type App = ReturnType<typeof buildApp>

interface Setting {
  readonly code: string
  readonly message: string
  /** What stands for it where nothing was put; undefined where that is an error. */
  readonly unset?: string
}

/** Settings that are kept as they are put, and what S3 answers where nothing was put. */
const kept: Readonly<Record<string, Setting>> = {
  publicAccessBlock: {
    code: 'NoSuchPublicAccessBlockConfiguration',
    message: 'The public access block configuration was not found',
  },
  encryption: {
    code: 'ServerSideEncryptionConfigurationNotFoundError',
    message: 'The server side encryption configuration was not found',
  },
  versioning: { code: '', message: '', unset: '<VersioningConfiguration/>' },
}

/** Other subresources of S3. fauxqs overlooks them, and would take `DELETE /bucket?policy` for the end of the bucket. */
const unknown: ReadonlySet<string> = new Set([
  'accelerate',
  'acl',
  'analytics',
  'cors',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'logging',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'tagging',
  'torrent',
  'versions',
  'website',
])

/**
 * Lets an S3 keep whom its buckets are closed to and how they are encrypted, in memory and without effect, and say of other
 * settings that it does not implement them.
 */
export function addBucketSettings(app: App, hasBucket: (name: string) => boolean): void {
  const settings = new Map<string, unknown>()
  app.addHook('preHandler', async (request, reply) => {
    const url = new URL(request.url, 'http://s3')
    const names = [...url.searchParams.keys()]
    const answer = (status: number, body: unknown = ''): unknown =>
      reply.status(status).header('content-type', 'application/xml').send(body)
    if (names.some((name) => unknown.has(name)))
      return answer(501, errorXml('NotImplemented', 'This local S3 does not implement it.'))
    const name = names.find((one) => Object.hasOwn(kept, one))
    const missing = name === undefined ? undefined : kept[name]
    if (missing === undefined) return undefined
    const [, bucket = ''] = url.pathname.split('/')
    if (!hasBucket(decodeURIComponent(bucket)))
      return answer(404, errorXml('NoSuchBucket', 'The specified bucket does not exist'))
    const key = `${bucket}?${name}`
    if (request.method === 'PUT') settings.set(key, request.body)
    if (request.method === 'DELETE') settings.delete(key)
    if (request.method !== 'GET') return answer(request.method === 'PUT' ? 200 : 204)
    const { code, message, unset } = missing
    if (unset !== undefined && !settings.has(key)) return answer(200, unset)
    return settings.has(key) ? answer(200, settings.get(key)) : answer(404, errorXml(code, message))
  })
}

function errorXml(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`
}
