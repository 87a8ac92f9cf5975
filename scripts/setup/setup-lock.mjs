import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const pollMs = 200
const settleMs = 50

/**
 * Waits until this process alone may set up. A lock whose holder is dead counts for nothing.
 * @param {string} file
 * @param {(pid: number) => void} onWait called once, with the process that holds it
 * @returns {Promise<() => void>} gives the lock back
 */
export async function takeLock(file, onWait) {
  const mine = `${process.pid} ${randomUUID()}`
  let hasWaited = false
  for (;;) {
    if (tryCreate(file, mine)) {
      // Two who find the same stale lock may both remove it, the slower one the faster one's new lock: look again.
      await sleep(settleMs)
      if (read(file) === mine) return () => rmSync(file, { force: true })
    }
    const holder = Number(read(file)?.split(' ')[0])
    if (holder > 0 && !isAlive(holder)) rmSync(file, { force: true })
    else {
      if (holder > 0 && !hasWaited) onWait(holder)
      hasWaited ||= holder > 0
      await sleep(pollMs)
    }
  }
}

function tryCreate(file, content) {
  try {
    writeFileSync(file, content, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
