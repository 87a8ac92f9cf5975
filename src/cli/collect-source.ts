import { join } from 'node:path'

import type { Source } from '../collect/source.ts'
import { blueskySource } from '../collect/sources/bluesky.ts'
import { replaySource } from '../collect/sources/replay.ts'
import { simulateSource } from '../collect/sources/simulate-at-rate.ts'
import { xSource } from '../collect/sources/x.ts'
import type { CollectOptions } from './collect-options.ts'
import { ConfigError } from './config-error.ts'
import type { Environment } from './environment.ts'

/** A source as the flags ask for it. */
export interface ChosenSource {
  readonly source: Source
  /** Names the source and its input: positions of another one mean nothing to it. */
  readonly sourceName: string
  /** Whether its records are of now. */
  readonly isLive: boolean
  /** What may wait on the disk; beyond, the source waits. */
  readonly mostSpooledBytes: number
}

const LIVE = { isLive: true, mostSpooledBytes: 8 * 2 ** 30 } as const // hours of the busiest term
const PATIENT = { isLive: false, mostSpooledBytes: 64 * 2 ** 20 } as const // these can wait, so the disk need not

const SEED = 1
const SIMULATED_RECORDS = 30_000
const SIMULATED_START_MS = Date.UTC(2018, 11, 9, 13)
const SIMULATED_HOURS = 7

/** @throws ConfigError when something is missing that the source needs */
export function chooseSource(
  options: CollectOptions,
  { X_BEARER_TOKEN, folder }: Pick<Environment, 'X_BEARER_TOKEN'> & { readonly folder: string },
): ChosenSource {
  const { source, input = '', speed, rate, maxPosts: records = SIMULATED_RECORDS } = options
  if (source === 'x') return postsOfX(options, X_BEARER_TOKEN)
  if (source === 'bluesky') {
    return { ...LIVE, source: blueskySource({ postsFile: join(folder, 'posts') }), sourceName: source }
  }
  if (source === 'simulate') return simulated({ rate, records })
  return { ...PATIENT, source: replaySource({ path: input, speed }), sourceName: `replay ${input}` }
}

function postsOfX({ since, maxPosts }: CollectOptions, token: string | undefined): ChosenSource {
  if (token === undefined) throw new ConfigError(NO_TOKEN)
  const limits = { ...(since && { since }), ...(maxPosts !== undefined && { maxPosts }) }
  return { ...LIVE, source: xSource({ token, ...limits }), sourceName: 'x' }
}

const NO_TOKEN = 'X_BEARER_TOKEN is not set; --source x needs the bearer token of an app of yours'

function simulated({
  rate,
  records,
}: {
  readonly rate: number | undefined
  readonly records: number
}): ChosenSource {
  const startMs = SIMULATED_START_MS
  const source = simulateSource({
    seed: SEED,
    records,
    startMs,
    endMs: startMs + SIMULATED_HOURS * 3_600_000,
    ...(rate !== undefined && { recordsPerSecond: rate }),
  })
  return { ...PATIENT, source, sourceName: `simulate ${SEED} ${records}` }
}
