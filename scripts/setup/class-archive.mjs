// class-archive.mjs <file>: lets a Spark Connect server do a little of everything, and has Java write down the classes that
// it loaded. With them at hand a server starts in half the time and answers its first query in half the time.
// Runs on the project's own Node, after the protocol code was generated: it speaks to the server without the client.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { Client, credentials, Metadata } from '@grpc/grpc-js'
import {
  ExecutePlanRequestSchema,
  ExecutePlanResponseSchema,
} from '../../packages/spark-connect-js/src/generated/spark/connect/base_pb.js'
import { localPaths } from '../../src/local/paths.ts'
import { startS3 } from '../../src/local/start-s3.ts'
import { startSpark } from '../../src/local/start-spark.ts'

const [archive] = process.argv.slice(2)
const sessionId = randomUUID()
const work = await mkdtemp(join(tmpdir(), 'ripplerank-archive-'))
try {
  await writeFile(
    join(work, 'in.json'),
    '{"id":"1","at":"Sun Dec 09 22:10:30 +0000 2018","n":3,"user":{"name":"a"}}\n'.repeat(100),
  )
  await makeArchive()
} finally {
  await rm(work, { recursive: true, force: true })
}

async function makeArchive() {
  const unfinished = `${archive}.new`
  await using s3 = await startS3({ dataDirectory: join(work, 's3') })
  const spark = await startSpark({
    paths: localPaths(work),
    workDirectory: join(work, 'spark'),
    logFile: join(work, 'spark.log'),
    environment: {
      ...process.env,
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      AWS_ACCESS_KEY_ID: s3.accessKeyId,
      AWS_SECRET_ACCESS_KEY: s3.secretAccessKey,
      AWS_REGION: s3.region,
    },
    newClassArchive: unfinished,
  })
  try {
    for (const query of queries(work)) await execute(spark.remote, query)
  } finally {
    await spark[Symbol.asyncDispose]() // the archive is written on the way out
  }
  await rename(unfinished, archive)
}

/** The kinds of work that a score run is made of. */
function queries(folder) {
  const json = `json.\`${folder}/in.json\``
  return [
    'SELECT 1',
    `CREATE TABLE seen USING parquet LOCATION '${folder}/seen' AS SELECT id, n, user.name, to_timestamp(substr(at, 5, 15), 'MMM dd HH:mm:ss') AS at FROM ${json}`,
    `INSERT OVERWRITE DIRECTORY 's3://ripplerank/seen' USING parquet SELECT * FROM seen`,
    `INSERT OVERWRITE DIRECTORY 's3://ripplerank/text' USING json SELECT * FROM seen`,
    `SELECT count(*), sum(n) FROM parquet.\`s3://ripplerank/seen\``,
    `SELECT from_json(value, 'id string, user struct<name: string>') FROM text.\`s3://ripplerank/text\` LIMIT 5`,
    `SELECT a.id, name, try_cast(a.id AS bigint), log1p(n), sum(n) OVER (PARTITION BY name ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS s,
      row_number() OVER (PARTITION BY name ORDER BY at, a.id) AS r FROM seen a LEFT JOIN (SELECT id, max(n) AS m FROM seen GROUP BY id) b ON a.id = b.id ORDER BY s DESC LIMIT 3`,
    `SELECT /*+ MERGE(b) */ a.name, count(DISTINCT a.id), max_by(a.n, a.at), collect_list(a.n) FROM seen a JOIN seen b ON a.id = b.id GROUP BY a.name UNION ALL SELECT 'x', 0, 0, array(1)`,
    `SELECT explode(split('a b', ' ')) AS word`,
  ]
}

function execute(remote, query) {
  const { port, token } = /:(?<port>\d+)\/;token=(?<token>.+)$/.exec(remote).groups
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure())
  const metadata = new Metadata()
  metadata.set('authorization', `Bearer ${token}`)
  const request = create(ExecutePlanRequestSchema, {
    sessionId,
    userContext: { userId: 'setup' },
    plan: {
      opType: {
        case: 'command',
        value: {
          commandType: {
            case: 'sqlCommand',
            value: { input: { relType: { case: 'sql', value: { query } } } },
          },
        },
      },
    },
  })
  return new Promise((settle, fail) => {
    client
      .makeServerStreamRequest(
        '/spark.connect.SparkConnectService/ExecutePlan',
        (message) => Buffer.from(toBinary(ExecutePlanRequestSchema, message)),
        (bytes) => fromBinary(ExecutePlanResponseSchema, bytes),
        request,
        metadata,
      )
      .on('data', () => {})
      .once('error', fail)
      .once('end', settle)
  }).finally(() => client.close())
}
