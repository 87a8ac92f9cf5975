import { open, readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CollectError } from './collect-error.ts'
import { readFrame } from './frame.ts'
import { EMPTY_STATE, readState, type SpoolState } from './spool-state.ts'

const NAME = /^(\d{16})\.spool$/

/** A segment is named by the place of its first byte in the whole log: `0000000008388608.spool`. */
export const segmentFile = (folder: string, base: number): string =>
  join(folder, `${String(base).padStart(16, '0')}.spool`)

/** What a collector before left in the folder. */
export interface RecoveredLog {
  readonly bases: readonly number[] // of the segments, in order; none at first
  readonly end: number // where the log goes on
  readonly state: SpoolState
  readonly cutBytes: number // of a last write that was torn by a sudden death
}

/**
 * Finds out where the log ends and what it last knew, and cuts off what was torn.
 * @throws CollectError `bad_spool` when its segments hold nothing that can be read
 */
export async function recoverLog(folder: string): Promise<RecoveredLog> {
  const bases = await listBases(folder)
  let cutBytes = 0
  // A segment that was made, but not begun, is as good as none.
  for (let last = bases.pop(); last !== undefined; last = bases.pop()) {
    const found = await scanSegment(segmentFile(folder, last))
    cutBytes += found.cutBytes
    if (found.state !== undefined) {
      await cutSegment(segmentFile(folder, last), found.bytes)
      const state = await withinSegments(found.state, { folder, first: bases[0] ?? last })
      return { bases: [...bases, last], end: last + found.bytes, state, cutBytes }
    }
    if (bases.length === 0 && found.cutBytes > 0) throw unreadable(segmentFile(folder, last))
    await rm(segmentFile(folder, last))
  }
  return { bases, end: 0, state: EMPTY_STATE, cutBytes }
}

async function listBases(folder: string): Promise<number[]> {
  const names = await readdir(folder)
  const bases = names.flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number)
  return bases.toSorted((left, right) => left - right)
}

interface ScannedSegment {
  readonly state: SpoolState | undefined
  readonly bytes: number // up to the end of the last whole frame
  readonly cutBytes: number // after it
}

async function scanSegment(file: string): Promise<ScannedSegment> {
  const content = await readFile(file)
  let at = 0
  let state: SpoolState | undefined
  for (let frame = readFrame(content, 0); frame !== undefined; frame = readFrame(content, at)) {
    at += frame.bytes
    if (frame.kind === 'state') state = readState(frame.payload)
    // Whole records after the last state were accepted, too; only their source's position is not known.
    else if (state !== undefined) state = { ...state, records: state.records + 1 }
  }
  return { state, bytes: at, cutBytes: content.length - at }
}

async function cutSegment(file: string, bytes: number): Promise<void> {
  await using handle = await open(file, 'r+')
  await handle.truncate(bytes)
}

/** Segments whose records are all delivered are removed, sometimes before the log says so. */
async function withinSegments(
  state: SpoolState,
  { folder, first }: { readonly folder: string; readonly first: number },
): Promise<SpoolState> {
  if (state.sent.offset >= first) return state
  const head = readFrame(await readFile(segmentFile(folder, first)), 0)
  const records = head?.kind === 'state' ? readState(head.payload).records : state.sent.records
  return { ...state, sent: { offset: first, records } }
}

function unreadable(file: string): CollectError {
  const hint = `Move ${file} away; its records cannot be sent any more.`
  return new CollectError('bad_spool', `the spool ${file} cannot be read`, { hint })
}
