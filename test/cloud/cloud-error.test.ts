import { createServer } from 'node:http'
import { once } from 'node:events'
import { HeadBucketCommand } from '@aws-sdk/client-s3'
import { DescribeDeliveryStreamCommand } from '@aws-sdk/client-firehose'
import { describe, expect, it } from '@jest/globals'
import { exitCode, exitCodeOf } from '../../src/cli/exit.ts'
import { openAws } from '../../src/cloud/aws-clients.ts'
import { ensureBucket } from '../../src/cloud/bucket.ts'
import { CloudError } from '../../src/cloud/cloud-error.ts'
import { pipelineName } from '../../src/cloud/pipeline-name.ts'
import { silently, type PipelineContext } from '../../src/cloud/pipeline.ts'

const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }

interface Answer {
  readonly status: number
  readonly body: string
}

/** A service that answers each request by its method and path. */
async function service(answer: (request: string) => Answer) {
  const server = createServer((request, response) => {
    request.resume()
    const { status, body } = answer(`${request.method} ${request.url}`)
    response.writeHead(status, { 'content-type': 'application/xml' }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const stop = async (): Promise<void> => void server.close()
  return { endpoint: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: stop }
}

const refusal = (code: string, status: number): Answer => ({
  status,
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`,
})

async function contextOf(endpoint: string, warnings: string[] = []): Promise<PipelineContext & Disposable> {
  const endpoints = { s3: endpoint, firehose: endpoint }
  const aws = await openAws({ region: 'eu-west-1', credentials, endpoints })
  return {
    aws,
    name: pipelineName('storm'),
    signal: new AbortController().signal,
    pollMs: 10,
    isDryRun: false,
    begin: silently,
    warn: (sentence) => void warnings.push(sentence),
    [Symbol.dispose]: () => aws[Symbol.dispose](),
  }
}

describe('an error of AWS', () => {
  it('names the call and the way out where nobody answers', async () => {
    using context = await contextOf('http://127.0.0.1:1')
    const call = context.aws.firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: 'storm' }))
    await expect(call).rejects.toMatchObject({
      name: 'CloudError',
      code: 'unreachable',
      message: expect.stringMatching(/^DescribeDeliveryStream: .*ECONNREFUSED/),
      hint: expect.stringContaining('AWS_ENDPOINT_URL_'),
    })
  })

  it.each([
    ['AccessDenied', 403, 'access_denied'],
    ['ExpiredToken', 400, 'access_denied'],
    ['InvalidAccessKeyId', 403, 'access_denied'],
    ['InternalError', 500, 'unreachable'],
    ['InvalidBucketName', 400, 'refused'],
  ])('%s is told as what it means', async (code, status, expected) => {
    const thrown = Object.assign(new Error('no'), { name: code, $metadata: { httpStatusCode: status } })
    expect(CloudError.from(thrown, 'PutObject')).toMatchObject({
      code: expected,
      awsCode: code,
      message: `PutObject: no (${code})`,
    })
  })

  it('says what is missing where nothing tells who calls', () => {
    const thrown = Object.assign(new Error('Could not load credentials from any providers'), {
      name: 'CredentialsProviderError',
    })
    const error = CloudError.from(thrown)
    expect(error).toMatchObject({
      message: 'no AWS credentials are set',
      hint: expect.stringContaining('AWS_PROFILE'),
    })
    expect(exitCodeOf(error)).toBe(exitCode.badConfiguration)
  })

  it('stays what it is when it is converted twice', () => {
    const first = CloudError.from(new Error('no'), 'PutObject')
    expect(CloudError.from(first, 'GetObject')).toBe(first)
  })
})

describe('a bucket', () => {
  it('of somebody else is told to be that', async () => {
    await using s3 = await service(() => refusal('AccessDenied', 403))
    using context = await contextOf(s3.endpoint)
    await expect(ensureBucket('tweets', context)).rejects.toMatchObject({
      code: 'conflict',
      hint: expect.stringContaining('--bucket'),
    })
  })

  it('of an S3 that cannot close or encrypt it is made all the same, with a warning', async () => {
    await using s3 = await service((request) => {
      if (/\?(publicAccessBlock|encryption)/.test(request)) return refusal('NotImplemented', 501)
      return request.startsWith('HEAD') ? { status: 404, body: '' } : { status: 200, body: '' }
    })
    const warnings: string[] = []
    using context = await contextOf(s3.endpoint, warnings)
    expect((await ensureBucket('tweets', context)).changes).toEqual([
      'create',
      'close to the public',
      'encrypt',
    ])
    expect(warnings).toEqual([
      expect.stringContaining('does not implement PutPublicAccessBlock'),
      expect.stringContaining('does not implement PutBucketEncryption'),
    ])
  })

  it('is not taken for closed where any other call is not implemented', async () => {
    await using s3 = await service((request) =>
      request.startsWith('HEAD') ? { status: 404, body: '' } : refusal('NotImplemented', 501),
    )
    using context = await contextOf(s3.endpoint)
    await expect(ensureBucket('tweets', context)).rejects.toMatchObject({ awsCode: 'NotImplemented' })
    await expect(context.aws.s3.send(new HeadBucketCommand({ Bucket: 'tweets' }))).rejects.toMatchObject({
      awsCode: 'NotFound',
    })
  })
})
