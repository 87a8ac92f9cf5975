import { join } from 'node:path'
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { localPaths } from '../../src/local/paths.ts'
import { startMariadb } from '../../src/local/start-mariadb.ts'
import { testServices } from '../environment/services.ts'
import { temporaryFolder } from '../local/temporary-folder.ts'
import { compose, type Composed } from './composed.ts'

/**
 * The compose file's services on a database of their own, with one raw tweet, and on the Spark and S3 of all tests.
 * @param built the folder of the bundle
 */
export async function composedOnOwnParts(built: string): Promise<Composed> {
  await using stack = new AsyncDisposableStack()
  const { path } = stack.use(await temporaryFolder())
  const state = { dataDirectory: join(path, 'tables'), logFile: join(path, 'mariadb.log') }
  const mariadb = stack.use(await startMariadb({ paths: localPaths(), ...state, environment: process.env }))
  stack.use(await rawTweet())
  const { runVariables, s3 } = testServices()
  const [remote = '', token = ''] = (runVariables['SPARK_REMOTE'] ?? '').split('/;token=')
  const image = stack.use(await temporaryFolder())
  const composed = stack.use(
    await compose({
      built,
      folder: image.path,
      parts: { spark: portOf(remote), mysql: portOf(mariadb.url), s3: portOf(s3.endpoint) },
      secrets: {
        spark_token: token, // with the id of a session in which much is compiled
        database_password: new URL(mariadb.url).password,
        dashboard_token: 'a-token-of-24-letters-and-more',
      },
    }),
  )
  const opened = stack.move()
  return { ...composed, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

const portOf = (url: string): number => Number(/:(\d+)/.exec(url.replace(/^\w+:\/\/([^/]*@)?/, ''))?.[1])

async function rawTweet(): Promise<AsyncDisposable> {
  const { endpoint, region, accessKeyId, secretAccessKey } = testServices().s3
  const credentials = { accessKeyId, secretAccessKey }
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
  const object = { Bucket: 'ripplerank', Key: `raw/composed-${process.pid}` }
  const hourAgo = new Date(Date.now() - 3_600_000).toUTCString()
  const [day, date, month, year, time] = hourAgo.replace(',', '').split(' ')
  const postedAt = `${day} ${month} ${date} ${time} +0000 ${year}`
  const tweet = {
    status_id: '2',
    status_created_at: postedAt,
    status_user_id: '8',
    searched_names: 'storm',
    rt_status_id: '1',
    rt_status_created_at: postedAt,
    rt_status_text: 'It blows.',
    rt_status_favorite_count: '1',
    rt_status_retweet_count: '1',
    rt_status_user_id: '7',
    rt_status_user_name: 'Root',
    rt_status_user_screen_name: 'root',
    rt_status_user_followers_count: '10',
  }
  await client.send(new PutObjectCommand({ ...object, Body: JSON.stringify(tweet) }))
  return {
    [Symbol.asyncDispose]: async () => {
      await client.send(new DeleteObjectCommand(object))
      client.destroy()
    },
  }
}
