import type { Random } from '../../random.ts'
import { activityTime, momentOfActivity } from './activity-clock.ts'
import {
  type Cascade,
  addSpreader,
  bornCascade,
  cascadeSizes,
  chooseParent,
  moveCounters,
  scheduleNext,
} from './cascade.ts'
import { flatLine, snowflakeId } from './flat-record.ts'
import { type Population, passerby } from './people.ts'
import { flatRetweet } from './flat-retweet.ts'
import { timeQueue } from './time-queue.ts'

/** A retweet as it happens, before delivery spoils it. */
export interface Retweet {
  readonly line: string // a flat record as JSON
  readonly atMs: number
  readonly parentId: string // whom it was made from
}

/** The world in which the retweets happen. Times are milliseconds since 1970. */
export interface World {
  readonly population: Population
  readonly terms: readonly string[]
  readonly retweets: number
  readonly startMs: number
  readonly endMs: number
  readonly namingParentsShare: number // of all cascades
}

const DAY_MS = 86_400_000
const SELF_RETWEET_SHARE = 0.004
const READER_SKEW = 1.6 // above 1, some read and retweet more than others

/** Exactly so many retweets, in the order of time. */
export function* retweetsInOrder(random: Random, world: World): Generator<Retweet, void, undefined> {
  const running = timeQueue<Cascade>()
  const unborn = cascadesInOrder(random, world)
  let next = unborn.next().value
  let sequence = 0
  for (;;) {
    while (next !== undefined && next.bornAtMs <= running.earliestMs()) {
      running.add(next.nextAtMs, next)
      next = unborn.next().value
    }
    const cascade = running.take()
    if (cascade === undefined) return
    yield joined(random, { world, cascade, sequence: sequence++ })
    cascade.remaining -= 1
    if (cascade.remaining === 0) continue
    scheduleNext(random, cascade)
    running.add(cascade.nextAtMs, cascade)
  }
}

/** Roots in the order of their births: order statistics again, so that only the sizes are held. */
function* cascadesInOrder(random: Random, world: World): Generator<Cascade, undefined, undefined> {
  const sizes = cascadeSizes(random, world.retweets)
  const firstActivity = activityTime(world.startMs - DAY_MS)
  const lastActivity = activityTime(world.endMs)
  let quantile = 0
  for (const [index, size] of sizes.entries()) {
    quantile += (1 - quantile) * (1 - random.unit() ** (1 / (sizes.length - index)))
    const bornAtMs = Math.floor(momentOfActivity(firstActivity + quantile * (lastActivity - firstActivity)))
    yield bornCascade(random, { ...world, index, size, bornAtMs, writers: world.population.writers })
  }
}

interface Joining {
  readonly world: World
  readonly cascade: Cascade
  readonly sequence: number
}

function joined(random: Random, { world, cascade, sequence }: Joining): Retweet {
  const { population } = world
  const atMs = cascade.nextAtMs
  const isSelf = random.unit() < SELF_RETWEET_SHARE
  const index = isSelf ? cascade.writer : Math.floor(population.people * random.unit() ** READER_SKEW)
  const reader = passerby(population, index)
  const id = snowflakeId(atMs, sequence)
  const root = { id: snowflakeId(cascade.bornAtMs, cascade.hash), person: cascade.writer }
  if (cascade.spreaders.length === 0) {
    const { followers } = passerby(population, cascade.writer)
    addSpreader(cascade, { ...root, followers, atMs: cascade.bornAtMs })
  }
  const parent = chooseParent(random, cascade) ?? root
  addSpreader(cascade, { id, person: index, followers: reader.followers, atMs })
  moveCounters(random, cascade)
  const record = flatRetweet(random, { population, cascade, reader, id, rootId: root.id, parent, atMs })
  return { line: flatLine(record), atMs, parentId: parent.id }
}
