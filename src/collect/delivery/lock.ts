import { randomUUID } from 'node:crypto'
import { link, readFile, rm, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { CollectError } from './collect-error.ts'

const Owner = z.object({
  pid: z.int().positive(),
  started: z.string().nullable(), // as the system counts; null where it does not tell
})
type Owner = z.infer<typeof Owner>

/**
 * Makes this process the only one that works on a folder, until disposed. The lock of a process that is gone is taken over.
 * @throws CollectError `locked`, which names the process
 */
export async function lockFolder(folder: string): Promise<AsyncDisposable> {
  const file = join(folder, 'lock')
  const mine = `${file}.${randomUUID()}`
  await writeFile(mine, JSON.stringify({ pid: process.pid, started: await startOf(process.pid) }))
  try {
    while (!(await linked(mine, file))) {
      const owner = await readOwner(file)
      if (owner !== undefined && (await isRunning(owner))) throw locked(folder, owner)
      await rm(file, { force: true })
    }
  } finally {
    await unlink(mine)
  }
  return { [Symbol.asyncDispose]: () => rm(file, { force: true }) }
}

/** A link appears at once and with its content; false when there is a lock already. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return Owner.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** Process ids are used again: one that began at another time is another process. */
async function isRunning({ pid, started }: Owner): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return hasCode(error, 'EPERM') // somebody else's
  }
  return (await startOf(pid)) === started
}

const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code

/** The moment at which a process began, in the clock ticks of Linux; null elsewhere. */
async function startOf(pid: number): Promise<string | null> {
  const fields = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The program's name stands in parentheses and may hold anything; the start is the 20th field after it.
  return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

function locked(folder: string, { pid }: Owner): CollectError {
  const hint = 'Wait for it to end, or give this one another folder by --state.'
  return new CollectError('locked', `process ${pid} collects into ${folder} already`, { hint })
}
