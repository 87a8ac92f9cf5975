import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appendFileSync } from 'node:fs'

/** A disk of its own for a lake, of 4 MiB. */
export interface SmallDisk extends AsyncDisposable {
  readonly lake: string
  /** Takes all the room that is left. */
  readonly fill: () => void
  readonly empty: () => Promise<void>
}

/** Mounts a small disk in memory; undefined where this user may not. */
export async function smallDisk(): Promise<SmallDisk | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'ripplerank-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'ripplerank-test', folder])
  if (status !== 0) {
    await rm(folder, { recursive: true })
    return undefined
  }
  const lake = join(folder, 'lake')
  await mkdir(lake)
  const filler = join(folder, 'filler')
  return {
    lake,
    fill: () => {
      try {
        for (;;) appendFileSync(filler, Buffer.alloc(4096))
      } catch (error) {
        if (!String(error).includes('ENOSPC')) throw error
      }
    },
    empty: () => rm(filler),
    [Symbol.asyncDispose]: async () => {
      spawnSync('umount', ['--lazy', folder])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
