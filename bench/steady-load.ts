import { Agent, get } from 'node:http'
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'

import { seededRandom } from '../src/collect/random.ts'

export interface SteadyLoad {
  readonly url: string
  /** What is asked for, in turn, by the name of its page. */
  readonly addresses: Readonly<Record<string, readonly string[]>>
  /** Requests a second, over all pages. */
  readonly rate: number
  readonly seconds: number
  readonly seed: number
}

/** What came of one page; times are in microseconds, from when a request was due to the end of its answer. */
export interface MeasuredPage {
  readonly name: string
  readonly times: RecordableHistogram
  /** What came instead of a page. */
  readonly errors: readonly string[]
}

export interface LoadResult {
  readonly pages: readonly MeasuredPage[]
  /** How late requests were sent, in microseconds: what of the times is the measurer's own. */
  readonly lateness: RecordableHistogram
}

const MOST_SOCKETS = 64

/**
 * Asks for pages at random moments (a Poisson process), as readers do who know nothing of each other. A late answer
 * delays no other request, and its whole wait counts.
 */
export async function steadyLoad({ url, addresses, rate, seconds, seed }: SteadyLoad): Promise<LoadResult> {
  const random = seededRandom(seed)
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_SOCKETS })
  const lateness = createHistogram()
  const pages = Object.entries(addresses).map(([name, paths]) => ({
    name,
    paths,
    asked: 0,
    times: createHistogram(),
    errors: new Array<string>(),
  }))
  const ask = async (page: (typeof pages)[number], dueMs: number): Promise<void> => {
    const path = page.paths[page.asked++ % page.paths.length] ?? '/'
    lateness.record(microseconds(performance.now() - dueMs))
    const problem = await read(new URL(path, url), agent)
    page.times.record(microseconds(performance.now() - dueMs))
    if (problem !== undefined) page.errors.push(`${path}: ${problem}`)
  }
  const answers: Promise<void>[] = []
  const startMs = performance.now()
  for (
    let dueMs = startMs;
    dueMs < startMs + seconds * 1000;
    dueMs -= (Math.log(random.unit()) / rate) * 1000
  ) {
    const waitMs = dueMs - performance.now()
    if (waitMs >= 1) await setTimeout(waitMs)
    const page = pages[Math.floor(random.unit() * pages.length)]
    if (page) answers.push(ask(page, dueMs))
  }
  await Promise.all(answers)
  agent.destroy()
  return { pages, lateness }
}

const microseconds = (ms: number): number => Math.max(1, Math.round(ms * 1000))

/** Reads an answer to its end; says what was wrong with it. */
function read(url: URL, agent: Agent): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const fail = (error: Error): void => resolve(error.message)
  get(url, { agent, headers: { 'accept-encoding': 'gzip' } }, (response) => {
    response.resume()
    response.once('end', () =>
      resolve(response.statusCode === 200 ? undefined : `status ${response.statusCode}`),
    )
    response.once('error', fail)
  }).once('error', fail)
  return promise
}
