import { randomBytes } from 'node:crypto'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { SparkSession } from 'spark-connect-js'
import { testServices } from '../../environment/services.ts'
import { AS_UNDISTURBED, faultLab, judge, undisturbed, type LabRun } from './fault-lab.ts'
import type { Published } from './published.ts'
import { rawObjects, rawPlace, type RawPlace } from './raw-objects.ts'
import { S3Proxy, type S3Fault, type S3Request } from './s3-proxy.ts'
import { expectNoSecrets } from './secrets.ts'

/** A bucket that Spark reaches by way of the proxy: Hadoop has settings for single buckets, and reads them once. */
const BUCKET = `faulty-${randomBytes(4).toString('hex')}`

let place: RawPlace
let expected: Published
let proxy: S3Proxy
let byProxy: LabRun
beforeAll(async () => {
  const {
    s3: { endpoint, region, accessKeyId, secretAccessKey },
    runVariables,
  } = testServices()
  const s3 = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
  })
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }))
  s3.destroy()
  place = await rawPlace('s3', rawObjects(), BUCKET)
  proxy = await S3Proxy.start(endpoint)
  byProxy = { variables: { AWS_ENDPOINT_URL_S3: proxy.endpoint } }
  const spark = await SparkSession.builder()
    .remote(runVariables['SPARK_REMOTE'] ?? '')
    .getOrCreate()
  await spark.conf.setAll({
    [`fs.s3a.bucket.${BUCKET}.endpoint`]: proxy.endpoint,
    // So that Spark gives up within the test's patience.
    [`fs.s3a.bucket.${BUCKET}.attempts.maximum`]: '2',
    [`fs.s3a.bucket.${BUCKET}.retry.limit`]: '3',
    [`fs.s3a.bucket.${BUCKET}.retry.throttle.limit`]: '3',
    [`fs.s3a.bucket.${BUCKET}.retry.throttle.interval`]: '100ms',
  })
  expected = await undisturbed([place.input], byProxy)
})
afterAll(async () => {
  place[Symbol.dispose]()
  await proxy[Symbol.asyncDispose]()
  expectNoSecrets()
})

const always = (fault: S3Fault) => (): S3Fault => fault

const isBody = ({ method, path }: S3Request): boolean => method === 'GET' && path.includes('part')

describe('an S3 that', () => {
  it.each([
    [
      'answers each third request with 503',
      ({ number }: S3Request) => (number % 3 === 0 ? 'refuse' : 'pass'),
    ],
    ['is slow', always('slow')],
    [
      'cuts every other object in its middle',
      (one: S3Request) => (isBody(one) && one.number % 2 === 0 ? 'cut' : 'pass'),
    ],
  ] as const)('%s costs time alone', async (words, decide) => {
    const begunMs = performance.now()
    await using lab = await faultLab([place.input], byProxy)
    const before = proxy.faults
    proxy.decide = decide
    await lab.runWell()
    proxy.decide = () => 'pass'
    expect(proxy.faults).toBeGreaterThan(before)
    const verdict = { fault: `S3 ${words}`, runs: 1, begunMs, expected }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })

  it.each([
    ['answers nothing but 503', always('refuse'), [4]],
    ['lists, and gives no object', (one: S3Request) => (isBody(one) ? 'refuse' : 'pass'), [1, 4]],
    ['cuts every object', (one: S3Request) => (isBody(one) ? 'cut' : 'pass'), [1, 4]],
  ] as const)('%s fails the run, and the next one makes it good', async (words, decide, codes) => {
    const begunMs = performance.now()
    await using lab = await faultLab([place.input], byProxy)
    proxy.decide = decide
    const { code, stderr } = await lab.run()
    proxy.decide = () => 'pass'
    expect({ isExpected: codes.some((one) => one === code), code, stderr }).toMatchObject({
      isExpected: true,
    })
    await lab.runWell()
    const verdict = { fault: `S3 ${words}`, runs: 1, begunMs, expected }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })
})
