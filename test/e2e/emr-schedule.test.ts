import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DescribeStepCommand } from '@aws-sdk/client-emr'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { runProgram } from '../../src/cli/run-program.ts'
import { ensureDeadLetters } from '../../src/cloud/emr/dead-letters.ts'
import { ensureClusterRoles, ensureScheduleRole } from '../../src/cloud/emr/roles.ts'
import { createCluster, terminateCluster, untilUp } from '../../src/cloud/emr/cluster.ts'
import { cancelSteps, stepsOfSlot, untilEnded } from '../../src/cloud/emr/step.ts'
import { putSchedule, scheduleStatus } from '../../src/cloud/emr/schedule.ts'
import { manualClock } from '../../src/local/manual-clock.ts'
import { startScheduler } from '../../src/local/start-scheduler.ts'
import { startSecrets } from '../../src/local/start-secrets.ts'
import { capturedOutput } from '../cli/captured-output.ts'
import { emrPeer, type EmrPeer } from '../cloud/emr/emr-peer.ts'
import { testServices } from '../environment/services.ts'
import { scratchDatabase, type ScratchDatabase } from '../store/scratch-database.ts'

const QUARTER_MS = 15 * 60_000
const BEGIN_MS = Date.UTC(2026, 0, 2, 1, 7)
const SLOTS = ['01:15', '01:30', '01:45', '02:00'].map((time) => `2026-01-02T${time}:00Z`)
const SECRET = 'ripplerank/test'
const ROLES = {
  service: 'ripplerank-emr-service',
  node: 'ripplerank-emr-node',
  schedule: 'ripplerank-emr-schedule',
}
const root = join(import.meta.dirname, '../..')

let database: ScratchDatabase
let secrets: Awaited<ReturnType<typeof startSecrets>>
let peer: EmrPeer

/** Scores each slot by the real program, which takes minutes; without it, steps only note which slot they were for. */
const IS_WHOLE = process.env['RIPPLERANK_WHOLE_SLOTS'] === '1'
const TIMEOUT_MS = IS_WHOLE ? 1_200_000 : 60_000

/** From its sources: building the program takes longer than all that it does here. */
const SCORING = `#!/bin/sh
shift
exec '${process.execPath}' --conditions=source --disable-warning=ExperimentalWarning '${root}/src/cli/main.ts' "$@"
`
const NOTING = `#!/bin/sh
while [ -e "$RIPPLERANK_HOME/hold" ]; do sleep 0.1; done
`

beforeAll(async () => {
  database = await scratchDatabase()
  secrets = await startSecrets({ region: 'us-east-1', secrets: { [SECRET]: database.url } })
  const { DATABASE_URL, ...variables } = testServices().runVariables
  expect(DATABASE_URL).toBeDefined()
  const environment = {
    ...variables,
    PATH: process.env['PATH'] ?? '',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
  }
  peer = await emrPeer('', { environment, node: IS_WHOLE ? SCORING : NOTING })
  const Body = SLOTS.map((_, i) => record(i)).join('\n')
  await peer.aws.s3.send(new PutObjectCommand({ Bucket: peer.bucket, Key: 'raw/storm/1', Body }))
})

afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await secrets[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

/** A retweet in each quarter of an hour before a slot's end. */
function record(slot: number): string {
  const twitterTime = (ms: number): string => {
    const [day, date, month, year, time] = new Date(ms).toUTCString().replace(',', '').split(' ')
    return `${day} ${month} ${date} ${time} +0000 ${year}`
  }
  return JSON.stringify({
    status_id: String(100 + slot),
    status_created_at: twitterTime(BEGIN_MS + slot * QUARTER_MS),
    status_user_id: `u${slot}`,
    status_user_followers_count: '10',
    searched_names: 'storm',
    rt_status_id: '1',
    rt_status_created_at: twitterTime(BEGIN_MS - QUARTER_MS),
    rt_status_text: 'It blows.',
    rt_status_favorite_count: '1',
    rt_status_retweet_count: String(slot + 1),
    rt_status_user_id: 'root',
    rt_status_user_name: 'Root',
    rt_status_user_screen_name: 'root',
    rt_status_user_followers_count: '100',
  })
}

const work = () => ({
  inputs: [`s3://${peer.bucket}/raw/`],
  flags: ['--window', '24h'],
  lake: testServices().lake,
  databaseSecret: SECRET,
  region: 'us-east-1',
})

async function upCluster(): Promise<string> {
  const { cluster } = await createCluster(peer.settings, peer.context)
  return (await untilUp(cluster.id, peer.context)).id
}

/** Slots as they are published, each with its number of rows and of root's retweets. */
async function published(): Promise<readonly (readonly [string, number, number])[]> {
  const rows = await database.rows(`SELECT slot_end, COUNT(*) AS number, MAX(retweets) AS retweets
    FROM author_score WHERE author_id = 'root' GROUP BY slot_end ORDER BY slot_end`)
  return rows.map(({ slot_end, number, retweets }) => [
    `${(slot_end ?? '').slice(0, 19).replace(' ', 'T')}Z`,
    Number(number),
    Number(retweets),
  ])
}

describe('four slots on a schedule', () => {
  it(
    'are done once each by the steps of the schedule alone, though one is killed and the cluster replaced',
    async () => {
      const clock = manualClock(BEGIN_MS)
      await using scheduler = await startScheduler({
        emrEndpoint: peer.emr.endpoint,
        sqsEndpoint: testServices().s3.endpoint,
        region: 'us-east-1',
        isRoleAssumable: peer.iam.isRoleAssumable,
        clock,
      })
      peer.lead('scheduler', scheduler.endpoint)
      const site = {
        partition: 'aws',
        account: '*',
        region: 'us-east-1',
        bucket: peer.bucket,
        secret: SECRET,
        roles: ROLES,
      }
      await ensureClusterRoles({ site, isDryRun: false }, peer.context)
      const { arn: roleArn = '' } = await ensureScheduleRole({ site, isDryRun: false }, peer.context)
      const { arn: deadLetterArn } = await ensureDeadLetters(`test-${process.pid}`, peer.context)
      let clusterId = await upCluster()
      const schedule = (id: string) => ({
        ...work(),
        name: 'test',
        clusterId: id,
        roleArn,
        deadLetterArn,
      })
      expect(await putSchedule(schedule(clusterId), peer.context)).toBe(true)
      const ended = async (slot: string): Promise<string> => {
        const [step] = await stepsOfSlot(clusterId, slot, peer.context)
        return (await untilEnded({ clusterId, slot, id: step?.id ?? '' }, peer.context)).state
      }
      const tick = async (i: number): Promise<void> => {
        clock.moveTo(BEGIN_MS + (i + 1) * QUARTER_MS)
        const giveUpAt = performance.now() + 10_000
        while (scheduler.fired().length <= i && performance.now() < giveUpAt) await sleep(10)
      }

      await tick(0)
      expect(await ended(SLOTS[0] ?? '')).toBe('COMPLETED')
      // The second step is killed.
      const hold = join(peer.folder, clusterId, 'home', 'hold')
      await writeFile(hold, '')
      await tick(1)
      await cancelSteps(clusterId, SLOTS[1] ?? '', peer.context)
      expect(await ended(SLOTS[1] ?? '')).toBe('CANCELLED')
      await rm(hold)
      // The cluster goes; the third call goes nowhere, and the schedule is set to the next cluster.
      await terminateCluster(clusterId, peer.context)
      await tick(2)
      expect(await scheduleStatus('test', peer.context)).toMatchObject({ deadLetters: 1 })
      clusterId = await upCluster()
      expect(await putSchedule(schedule(clusterId), peer.context)).toBe(false)
      expect(await scheduleStatus('test', peer.context)).toMatchObject({ state: 'ENABLED', clusterId })
      // The fourth step makes up for both.
      await tick(3)
      expect(await ended(SLOTS[3] ?? '')).toBe('COMPLETED')
      const [last] = await stepsOfSlot(clusterId, SLOTS[3] ?? '', peer.context)
      const StepId = last?.id ?? ''
      const { Step } = await peer.aws.emr.send(new DescribeStepCommand({ ClusterId: clusterId, StepId }))
      expect(Step?.Config?.Args?.join(' ')).toContain(` schedule --once --until ${SLOTS[3]} --input `)

      expect(scheduler.fired().map(({ scheduledTime, failure }) => [scheduledTime, failure])).toEqual([
        [SLOTS[0], undefined],
        [SLOTS[1], undefined],
        [SLOTS[2], 'ValidationException'],
        [SLOTS[3], undefined],
      ])
      if (IS_WHOLE) expect(await published()).toEqual(SLOTS.map((end, i) => [end, 1, i + 1]))
    },
    TIMEOUT_MS,
  )
})

describe('score --emr-session', () => {
  it('runs on a session of its own, and ends it also where it fails', async () => {
    const clusterId = await upCluster()
    const [stdout, stderr] = [capturedOutput(), capturedOutput()]
    const { SPARK_REMOTE, ...others } = testServices().variables
    expect(SPARK_REMOTE).toBeDefined()
    const variables = { ...others, DATABASE_URL: database.url, AWS_ENDPOINT_URL_EMR: peer.emr.endpoint }
    const input = join(peer.folder, 'records.jsonl')
    await writeFile(input, record(0))
    const argv = ['score', '--input', input, '--emr-session', clusterId, '--lake', '/proc/no-such-lake']
    const signal = AbortSignal.timeout(60_000) // says what it waited for
    // A whole slot would be compiled anew for this session alone: it fails where it first writes.
    const code = await runProgram(argv, { variables, signal, stdout, stderr })
    expect({ code, stderr: code === 1 ? '' : stderr.text() }).toEqual({ code: 1, stderr: '' })
    expect(stderr.text()).toMatch(/^start an EMR session: \d+\.\d s, s-\w+$/m)
    expect(stderr.text()).toContain('/proc/no-such-lake')
    expect([peer.emr.tokensGiven() > 0, peer.emr.openSessions()]).toEqual([true, 0])
  })
})
