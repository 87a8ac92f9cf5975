import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { SparkSession } from 'spark-connect-js'
import { createCluster, untilUp } from '../../../src/cloud/emr/cluster.ts'
import { startManagedSession } from '../../../src/cloud/emr/managed-session.ts'
import { testServices } from '../../environment/services.ts'
import { emrPeer, type EmrPeer } from './emr-peer.ts'

const TOKEN_MS = 400
/** What Spark has compiled for other tests serves these too. */
const [, SHARED = ''] = testServices().transformSession.split('/;token=')[1]?.split(';') ?? []

function connect(remote: string) {
  return SparkSession.builder().remote(remote.replace(/\/$/, `/;${SHARED}`))
}

let peer: EmrPeer
let clusterId: string

beforeEach(async () => {
  peer = await emrPeer('', { tokenMs: TOKEN_MS })
  const { cluster } = await createCluster(peer.settings, peer.context)
  clusterId = (await untilUp(cluster.id, peer.context)).id
})

afterEach(async () => {
  await peer[Symbol.asyncDispose]()
})

describe('a managed session', () => {
  it('goes on when its token ends in the middle of a job, and ends with its user', async () => {
    const session = await startManagedSession(clusterId, peer.context)
    expect(session.remote).toMatch(/^sc:\/\/127\.0\.0\.1:\d+\/$/)
    const spark = await connect(session.remote).headers(session.headers).getOrCreate()
    spark.releaseSessionOnClose = false
    for (let queries = 0n; queries < 3n || peer.emr.tokensGiven() < 4; queries += 1n)
      expect(await spark.range(queries).count()).toBe(queries)
    await spark.stop()
    expect(peer.emr.openSessions()).toBe(1)
    await session[Symbol.asyncDispose]()
    expect(peer.emr.openSessions()).toBe(0)
  })

  it('refuses a token that has ended', async () => {
    await using session = await startManagedSession(clusterId, peer.context)
    const last = await session.headers()
    await new Promise((settle) => setTimeout(settle, TOKEN_MS + 50))
    const builder = connect(session.remote)
    const use = async (): Promise<unknown> => {
      const spark = await builder.headers(() => Promise.resolve(last)).getOrCreate()
      return spark.range(1n).count()
    }
    await expect(use()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('that does not start is told with its reason, and ended', async () => {
    peer.emr.inject({ failsSession: true })
    await expect(startManagedSession(clusterId, peer.context)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('is FAILED (Sessions fail here on purpose.)'),
    })
    expect(peer.emr.openSessions()).toBe(0)
    expect(peer.takeCalls().at(-1)).toBe('TerminateSession')
  })

  it('asks for one token, however many calls wait for it', async () => {
    let nowMs = Date.now()
    await using session = await startManagedSession(clusterId, peer.context, () => nowMs)
    const first = await session.headers()
    expect(await session.headers()).toEqual(first)
    nowMs += TOKEN_MS
    peer.takeCalls()
    const [one, other] = await Promise.all([session.headers(), session.headers()])
    expect(peer.takeCalls()).toEqual(['GetSessionEndpoint'])
    expect(one).toEqual(other)
    expect(one).not.toEqual(first)
  })
})
