import { spawnSync } from 'node:child_process'
import { copyFile, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Composed } from '../docker/composed.ts'
import { composedOnOwnParts } from '../docker/composed-parts.ts'
import { temporaryFolder } from '../local/temporary-folder.ts'

const root = join(import.meta.dirname, '../..')
const folder = await temporaryFolder()
const built = join(folder.path, 'built')
const empty = await temporaryFolder()
/** Tells on its way out what CPU time it took, in microseconds: a machine that is busy with others must not count. */
const toldCpu = `data:text/javascript,process.on('exit',()=>{const{user,system}=process.cpuUsage();process.stderr.write('cpu '+(user+system))})`

/** Waits for the slot, which takes a minute; without it, until its object is found. */
const IS_WHOLE = process.env['RIPPLERANK_WHOLE_SLOTS'] === '1'

beforeAll(async () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build.mjs', built], {
    cwd: root,
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  await copyFile(join(built, 'ripplerank.mjs'), join(empty.path, 'ripplerank.mjs'))
})

afterAll(async () => {
  await folder[Symbol.asyncDispose]()
  await empty[Symbol.asyncDispose]()
})

/** In a folder with nothing else, and without a variable. */
function run(...argv: readonly string[]) {
  const command = ['--import', toldCpu, 'ripplerank.mjs', ...argv]
  const options = { cwd: empty.path, env: {}, encoding: 'utf8' } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, command, options)
  const [words = '', cpuMicroseconds] = stderr.split('cpu ')
  return { status, stdout, stderr: words, cpuMs: Number(cpuMicroseconds) / 1000 }
}

describe('the bundle', () => {
  it('starts in half a second without anything beside it', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    const { cpuMs, ...answer } = run('--version')
    expect(answer).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
    expect(cpuMs).toBeLessThan(500)
  })

  it('knows its commands', () => {
    const { status, stdout } = run('score', '--help')
    expect([status, stdout.split('\n')[0]]).toEqual([0, 'Usage: ripplerank score [options]'])
  })

  it('says that it starts no services, and how to name one’s own', () => {
    const { status, stderr } = run('store', 'migrate')
    expect(stderr).toBe(
      'ripplerank: This build of Ripplerank starts no services of its own.\n' +
        '  Name yours by DATABASE_URL, or run it from its checkout.\n',
    )
    expect(status).toBe(2)
  })

  it('comes with its source map, what the dashboard needs, the MySQL driver and the licence of each package', async () => {
    const map = JSON.parse(await readFile(join(built, 'ripplerank.mjs.map'), 'utf8'))
    const packages = new Set(
      map.sources.flatMap(
        (source: string) => /node_modules\/((?:@[^/]+\/)?[^/@.][^/]*)/.exec(source)?.[1] ?? [],
      ),
    )
    expect(packages.size).toBeGreaterThan(50)
    const licences = await readFile(join(built, 'ripplerank.licences.txt'), 'utf8')
    expect([...packages].filter((name) => !licences.includes(`${String(name)} `))).toEqual([])
    expect(await readFile(join(built, 'ripplerank.mjs'), 'utf8')).toContain('plan-worker.mjs')
    expect(await readdir(built)).toEqual(expect.arrayContaining(['assets', 'emr', 'plan-worker.mjs']))
    const jar = await readFile(join(built, 'mysql-connector-j.jar'))
    expect(jar.subarray(0, 2).toString()).toBe('PK')
  })
})

describe('the commands of docker/compose.yaml, run outside Docker as the image’s user', () => {
  let composed: Composed
  beforeAll(async () => {
    composed = await composedOnOwnParts(built)
  })
  afterAll(async () => {
    await composed[Symbol.asyncDispose]()
  })

  it('schedule finds Spark, the database and S3, scores what is due, and ends when it is told to', async () => {
    const schedule = composed.start('schedule')
    await schedule.until((words) => words.includes('1 of 1 are new'))
    if (IS_WHOLE) await schedule.until((words) => / 24 h published: 1 observations/.test(words))
    if (IS_WHOLE) await schedule.until((words) => words.includes('the next slot is scored at'))
    expect([await schedule.stop(), schedule.words()]).toEqual([130, expect.not.stringMatching(/error|warn/i)])
  })

  it('dashboard comes up in good health', async () => {
    expect(composed.isHealthy('dashboard')).toBe(false)
    const dashboard = composed.start('dashboard')
    await dashboard.until((words) => words.includes('http://') && composed.isHealthy('dashboard'))
    const page = await fetch(`http://${composed.address}:8080/`)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<html')])
  })
})
