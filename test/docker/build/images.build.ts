import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { temporaryFolder } from '../../local/temporary-folder.ts'
import { stagesOf } from '../dockerfile.ts'
import { buildStage, contextOf } from './built-stage.ts'

const checkout = join(import.meta.dirname, '../../..')
const isRoot = process.platform === 'linux' && process.getuid?.() === 0

/** All stages of an image, each in a folder of its own; the folders, by name. */
async function built(image: 'spark' | 'app', folder: string): Promise<ReadonlyMap<string, string>> {
  const context = contextOf(checkout, join(folder, 'context'))
  const stages = stagesOf(await readFile(join(checkout, 'docker', image, 'Dockerfile'), 'utf8'))
  const roots = new Map<string, string>()
  for (const [name, stage] of stages) {
    const root = join(folder, name)
    await mkdir(root)
    buildStage(stage, { context, roots, root })
    roots.set(name, root)
  }
  return roots
}

// Users are made as root makes them: what cannot be done says so.
const orSkipped = isRoot ? it : it.skip

describe('outside Docker, in clean folders, the lines of', () => {
  orSkipped('the image of Spark bring its jars, its driver and its user', async () => {
    await using folder = await temporaryFolder()
    const root = (await built('spark', folder.path)).get('1') ?? ''
    expect(readdirSync(join(root, 'opt/spark/jars')).length).toBeGreaterThan(200)
    expect(readdirSync(join(root, 'opt/spark/connector-j'))).toEqual(['mysql-connector-j.jar'])
    expect(readdirSync(join(root, 'opt/spark/bin')).toSorted()).toEqual([
      'log4j2.properties',
      'start.sh',
      'with-token.sh',
    ])
    expect(await readFile(join(root, 'etc/passwd'), 'utf8')).toMatch(/^spark:[^:]:10001:10001:/m)
    expect(statSync(join(root, 'work')).uid).toBe(10_001)
  })

  orSkipped('the images of the app and of S3 bring a program that runs', async () => {
    await using folder = await temporaryFolder()
    const roots = await built('app', folder.path)
    const app = join(roots.get('app') ?? '', 'app')
    const program =
      readdirSync(app).find((name) => name.startsWith('ripplerank') && name.endsWith('js')) ?? ''
    const version = execFileSync(process.execPath, [join(app, program), '--version'], { cwd: app })
    expect(version.toString()).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(readdirSync(app)).toEqual(expect.arrayContaining(['assets', 'plan-worker.mjs', 'with-secrets.sh']))
    const s3 = roots.get('s3') ?? ''
    expect(readdirSync(join(s3, 'app')).toSorted()).toEqual(['buckets.json', 'node_modules'])
    expect(statSync(join(s3, 'data')).uid).toBe(1000)
  })
})
