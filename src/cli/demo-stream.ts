import { SIMULATED_TERMS, simulateRecords } from '../collect/sources/simulate.ts'
import type { FirehoseFormat, FirehoseObject } from '../local/firehose-objects.ts'
import { firehoseObjects } from '../local/firehose-objects.ts'

/** Below which keys the demo's objects lie. */
export const DEMO_PREFIX = 'demo/'
const SLOT_MS = 15 * 60_000
const FIRST_SLOT_MS = Date.UTC(2018, 11, 9, 19, 15)
const SLOTS = [0, 1, 2].map((index) => new Date(FIRST_SLOT_MS + index * SLOT_MS))
/** The end of the last of the demo's three slots. */
export const LAST_DEMO_SLOT = new Date(FIRST_SLOT_MS + 2 * SLOT_MS)
const STREAM_START_MS = Date.UTC(2018, 11, 9, 13)
const BUFFER_SECONDS = 120
const WAIT_MS = 2 * 60_000 // after a slot's end, so that Firehose may empty its buffer

/** A slot, and the objects that its run is the first to see. */
export interface DemoArrivals {
  readonly slot: Date
  readonly objects: readonly FirehoseObject[]
}

/** The demo's stream as it arrives: for each slot the objects that had come by two minutes after its end. */
export function demoArrivals(options: {
  readonly seed: number
  readonly records: number
}): readonly DemoArrivals[] {
  const endMs = LAST_DEMO_SLOT.getTime() + WAIT_MS
  const terms = SIMULATED_TERMS.slice(0, 3)
  const records = simulateRecords({ ...options, terms, startMs: STREAM_START_MS, endMs })
  const delivery = {
    stream: 'tweets',
    prefix: DEMO_PREFIX,
    seed: options.seed,
    bufferSeconds: BUFFER_SECONDS,
  }
  const objects = [...firehoseObjects(records, { ...delivery, formatOf })]
  const runs = SLOTS.map((slot) => slot.getTime() + WAIT_MS)
  const firstRunOf = ({ deliveredAtMs }: FirehoseObject) => runs.findIndex((runMs) => deliveredAtMs <= runMs)
  return SLOTS.map((slot, index) => ({
    slot,
    objects: objects.filter((object) => firstRunOf(object) === index),
  }))
}

/** All four ways in which objects are found in the wild. */
function formatOf(index: number): FirehoseFormat {
  return { isDelimited: index % 2 === 0, isCompressed: index % 4 >= 2 }
}
