import { readFile, readdir, readlink } from 'node:fs/promises'

const LISTENING = '0A' // as /proc/net/tcp writes the state

/**
 * The most memory that the process listening on a loopback port has held, in bytes; undefined where there is no
 * `/proc` (macOS) or nobody listens.
 */
export async function peakMemoryOfListener(port: number): Promise<number | undefined> {
  const inodes = await listeningInodes(port)
  const pids = await readdir('/proc').catch(() => [])
  for (const pid of pids.filter((name) => /^\d+$/.test(name))) {
    if (await holdsSocket(pid, inodes)) return peakMemoryOf(pid)
  }
  return undefined
}

async function listeningInodes(port: number): Promise<ReadonlySet<string>> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => textOf(`/proc/net/${name}`)))
  const rows = tables.flatMap((table) => table.split('\n')).map((row) => row.trim().split(/\s+/))
  const ours = rows.filter(([, address, , state]) => address?.endsWith(suffix) && state === LISTENING)
  return new Set(ours.map((row) => `socket:[${row[9]}]`))
}

async function holdsSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const handles = await readdir(`/proc/${pid}/fd`).catch(() => [])
  const targets = await Promise.all(handles.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')))
  return targets.some((target) => inodes.has(target))
}

async function peakMemoryOf(pid: string): Promise<number | undefined> {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(await textOf(`/proc/${pid}/status`))?.[1]
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1_024
}

const textOf = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '')
