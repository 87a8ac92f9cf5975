import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { describe, expect, it } from '@jest/globals'
import { SparkSession } from 'spark-connect-js'
import { localPaths } from '../../src/local/paths.ts'
import { startSpark } from '../../src/local/start-spark.ts'
import { testServices } from '../environment/services.ts'
import { temporaryFolder } from './temporary-folder.ts'

describe('the embedded Spark', () => {
  it('reads s3:// and s3a:// addresses from the embedded S3', async () => {
    const { sparkRemote, s3 } = testServices()
    const { accessKeyId, secretAccessKey, endpoint, region, bucket } = s3
    const credentials = { accessKeyId, secretAccessKey }
    const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
    const body = 'one\ntwo\n'.repeat(2_000_000) // 16 MB, more than fauxqs takes by itself
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'start-spark/big.txt', Body: body }))
    await using spark = await SparkSession.builder().remote(sparkRemote).getOrCreate()
    expect(await spark.read.text(`s3://${bucket}/start-spark/`).count()).toBe(4_000_000n)
    expect(await spark.read.text(`s3a://${bucket}/start-spark/big.txt`).count()).toBe(4_000_000n)
  })

  it('lets nobody in without its token', async () => {
    const remote = testServices().sparkRemote.replace(/token=.*/, 'token=wrong')
    const builder = SparkSession.builder().remote(remote).config('spark.sql.session.timeZone', 'UTC')
    await expect(builder.getOrCreate()).rejects.toMatchObject({ name: 'SparkConnectError' })
  })

  it('asks for the set-up when its jars are missing', async () => {
    await using folder = await temporaryFolder()
    const paths = { ...localPaths(), jars: `${folder.path}/jars` }
    const logFile = `${folder.path}/spark.log`
    const start = startSpark({ paths, workDirectory: folder.path, logFile, environment: {} })
    await expect(start).rejects.toMatchObject({ code: 'runtime_missing', hint: 'Run `npm run setup`.' })
  })
})
