import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { testServices } from '../../../../test/environment/services.ts'

const run = promisify(execFile)
const workspace = join(import.meta.dirname, '../..')
const root = join(workspace, '../..')

const CONSUMER = `
import { schema, SparkSession, t, type Row } from 'spark-connect-js'
import { sum } from 'spark-connect-js/functions'

const Like = schema({ author: t.string, likes: t.long.nullable })
export const totals = async (spark: SparkSession): Promise<readonly { author: string; likes: bigint | null }[]> =>
  spark.createDataFrame([] as Row<typeof Like>[], Like).groupBy('author').agg((c) => ({ likes: sum(c.likes) })).collect()
// @ts-expect-error a text is not a long
export const wrong = (spark: SparkSession) => spark.createDataFrame([{ author: 'a', likes: '1' }], Like)
`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spark-connect-js-'))
  // Scripts in PATH: npm starts node by its name, and the machine's own may be too old.
  const options = {
    cwd: workspace,
    env: { ...process.env, PATH: `${root}/node_modules/.bin:${process.env['PATH']}` },
  }
  await run('npm', ['pack', '--loglevel=error', '--pack-destination', folder], options)
  const [tarball] = await readdir(folder)
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  const install = [
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    `./${tarball}`,
  ]
  await run('npm', install, { ...options, cwd: folder })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the tarball, alone in an empty folder', () => {
  it('holds JavaScript and its types, the protocol’s code, and no sources', async () => {
    const installed = join(folder, 'node_modules', 'spark-connect-js')
    expect((await readdir(installed)).toSorted()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json'])
    const files = await readdir(join(installed, 'dist'), { recursive: true })
    expect(files.filter((file) => /\.(proto|ts|map)$/.test(file) && !file.endsWith('.d.ts'))).toEqual([])
    expect(files).toContain(join('generated', 'spark', 'connect', 'base_pb.js'))
  })

  it('runs the quick start', async () => {
    await copyFile(join(workspace, 'examples', 'quickstart.mjs'), join(folder, 'quickstart.mjs'))
    const { stdout } = await run(process.execPath, ['quickstart.mjs'], {
      cwd: folder,
      env: { ...process.env, SPARK_REMOTE: testServices().sparkRemote, NODE_OPTIONS: '' },
    })
    expect(stdout.split('\n').slice(1)).toEqual([
      'ann: 2 tweets, 7 likes, 4 for the best',
      'bob: 1 tweets, 9007199254740993 likes, 9007199254740993 for the best',
      '',
    ])
  })

  it('is typed for strict compilers', async () => {
    await writeFile(join(folder, 'consumer.ts'), CONSUMER)
    const options = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--types',
      '',
    ]
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    const checked = run(process.execPath, [compiler, ...options, 'consumer.ts'], { cwd: folder })
    await expect(checked).resolves.toMatchObject({ stdout: '' })
  })

  it('names only what npm brings along', async () => {
    const { dependencies } = JSON.parse(await readFile(join(workspace, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>
    }
    expect(Object.keys(dependencies)).toEqual(['@bufbuild/protobuf', '@grpc/grpc-js', '@uwdata/flechette'])
  })
})
