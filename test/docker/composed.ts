import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chmod, copyFile, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'yaml'
import { commandOf, environmentOf, stagesOf } from './dockerfile.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): Promise<string> => readFile(join(root, 'docker', path), 'utf8')

interface Service {
  readonly entrypoint?: readonly string[]
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly healthcheck?: { readonly test: readonly string[] }
}

/** Ports of this machine that stand for those of the compose file's services. */
interface Parts {
  readonly spark: number
  readonly mysql: number
  readonly s3: number
}

interface Composition {
  /** With the program that the image holds. */
  readonly built: string
  /** What the image's root is replaced by. */
  readonly folder: string
  readonly parts: Parts
  readonly secrets: Readonly<Record<'spark_token' | 'database_password' | 'dashboard_token', string>>
}

/** The app's services of docker/compose.yaml, run outside Docker. Disposing ends them. */
export interface Composed extends AsyncDisposable {
  readonly start: (service: string) => RunningService
  readonly isHealthy: (service: string) => boolean
  /** A loopback address of their own, on which the ports are those of the compose file. */
  readonly address: string
}

interface RunningService {
  /** Waits, for minutes at most, and no longer than it lives. */
  readonly until: (isSo: (words: string) => boolean) => Promise<void>
  /** All that it said. */
  readonly words: () => string
  /** Tells it to end, as Docker does. @returns the exit code */
  readonly stop: () => Promise<number | null>
}

const PATIENCE_MS = 300_000

const PORTS: Readonly<Record<keyof Parts, number>> = { spark: 15_002, mysql: 3_306, s3: 4_566 }
/** The user of the image `node`; only root may become another. */
const asNode = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {}

/** Lays out the image's folder and the secrets, and leads the services' ports to the parts that are running. */
export async function compose({ built, folder, parts, secrets }: Composition): Promise<Composed> {
  await using stack = new AsyncDisposableStack()
  const address = `127.${randomInt(1, 250)}.${randomInt(1, 250)}.${randomInt(1, 250)}`
  for (const name of ['spark', 'mysql', 's3'] as const)
    stack.use(await forward({ address, port: PORTS[name] }, parts[name]))
  const app = await imageFolder(built, folder)
  await mkdir(join(folder, 'secrets'))
  for (const [name, secret] of Object.entries(secrets))
    await writeFile(join(folder, 'secrets', name), secret, { mode: 0o644 })
  const stage = stagesOf(await read('app/Dockerfile')).get('app') ?? []
  const { services } = parse(await read('compose.yaml'), { merge: true }) as {
    readonly services: Readonly<Record<string, Service>>
  }
  const here = (text: string): string =>
    text
      .replaceAll('$$', '$')
      .replaceAll('/run/secrets/', `${join(folder, 'secrets')}/`)
      .replaceAll('/app/', `${app}/`)
      .replaceAll(/\b(0\.0\.0\.0|127\.0\.0\.1)\b/g, address)
      .replace(/^(spark|mysql)$/, address)
      .replace('//s3:', `//${address}:`)
  const environment = {
    PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
    SPARK_TOKEN_FILE: join(folder, 'secrets', 'spark_token'),
    DATABASE_PASSWORD_FILE: join(folder, 'secrets', 'database_password'),
  }
  const settingsOf = (name: string) => {
    const given = { ...environmentOf(stage), ...services[name]?.environment }
    const own = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, here(value)]))
    return { cwd: app, env: { ...environment, ...own }, ...asNode }
  }
  const running = stack.move()
  const start = (name: string): RunningService => {
    const { entrypoint = commandOf(stage, 'ENTRYPOINT'), command = [] } = services[name] ?? {}
    const [file = '', ...argv] = [...entrypoint, ...command].map(here)
    const child = spawn(file, argv, { ...settingsOf(name), stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk))
    running.defer(() => ended(child))
    const words = (): string => Buffer.concat(chunks).toString('utf8')
    return { words, until: (isSo) => until(() => isSo(words()), { child, words }), stop: () => stop(child) }
  }
  const isHealthy = (name: string): boolean => {
    const [, file = '', ...argv] = (services[name]?.healthcheck?.test ?? []).map(here)
    return spawnSync(file, argv, settingsOf(name)).status === 0
  }
  return { start, isHealthy, address, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

/** `/app`, which nobody may write to, and a `node` on the path. */
async function imageFolder(built: string, folder: string): Promise<string> {
  const app = join(folder, 'app')
  await mkdir(join(folder, 'bin'))
  await symlink(process.execPath, join(folder, 'bin', 'node'))
  await cp(built, app, { recursive: true })
  await copyFile(join(root, 'docker/app/with-secrets.sh'), join(app, 'with-secrets.sh'))
  await chmod(app, 0o555)
  await chmod(folder, 0o755)
  return app
}

interface Place {
  readonly address: string
  readonly port: number
}

async function forward({ address, port }: Place, to: number): Promise<AsyncDisposable> {
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => open.delete(socket))
    }
    near.pipe(far).pipe(near)
  })
  server.listen(port, address)
  await once(server, 'listening')
  return {
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}

interface Speaking {
  readonly child: ChildProcess
  readonly words: () => string
}

async function until(isSo: () => boolean, { child, words }: Speaking): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS
  while (!isSo()) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${words()}`)
    if (performance.now() > giveUpAt) throw new Error(`it takes too long: ${words()}`)
    await sleep(100)
  }
}

async function stop(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM')
  await once(child, 'exit')
  return child.exitCode
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
