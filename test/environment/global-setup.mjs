import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../src/local/start-embedded.ts'

/** Starts one Spark, one MariaDB, one S3 and one Firehose for the whole run, in a state folder that goes with it. See services.ts. */
export default async function globalSetup() {
  // Its own folder: tests run beside a demo without touching its tables.
  const stateDirectory = await mkdtemp(join(tmpdir(), 'ripplerank-test-'))
  // Not what the shell names: a test must not write to somebody's cluster.
  const environment = {
    ...process.env,
    SPARK_REMOTE: '',
    DATABASE_URL: '',
    AWS_ENDPOINT_URL_S3: '',
    AWS_ENDPOINT_URL_FIREHOSE: '',
  }
  const embedded = await startEmbedded({ environment, stateDirectory, isTemporary: true })
  process.env.RIPPLERANK_TEST_SERVICES = JSON.stringify(embedded.environment)
  globalThis.ripplerankTestServices = embedded
}
