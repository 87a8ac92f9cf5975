import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { environmentOf, type Instruction } from '../dockerfile.ts'

interface Building {
  /** The files of the build's context. */
  readonly context: string
  /** What other stages' roots are replaced by, by name. */
  readonly roots: ReadonlyMap<string, string>
  /** What this stage's root is replaced by: a folder that is there. */
  readonly root: string
}

/** Folders of the images; as they stand in a command, they mean those below the stage's root. */
const ABSOLUTE = /(?<![\w./-])\/(?:build|app|data|work|opt\/spark)\b/g

/** Does what a stage's lines say, one after the other, in a folder that stands for the image's root. Needs root's rights. */
export function buildStage(stage: readonly Instruction[], { context, roots, root }: Building): void {
  const tools = usersOf(root)
  const within = (path: string) => path.replaceAll(ABSOLUTE, (found) => join(root, found))
  let place = root
  for (const { keyword, rest } of stage) {
    if (keyword === 'WORKDIR') mkdirSync((place = join(root, rest)), { recursive: true })
    if (keyword === 'COPY') copy(rest, { from: (stageName) => roots.get(stageName) ?? context, root, place })
    if (keyword === 'RUN') {
      const env = { ...process.env, ...environmentOf(stage), PATH: `${tools}:${process.env['PATH']}` }
      execFileSync('sh', ['-euc', within(rest)], { cwd: place, env, stdio: ['ignore', 'inherit', 'inherit'] })
    }
  }
}

interface Copying {
  readonly from: (stage: string) => string
  readonly root: string
  readonly place: string
}

/** `COPY [--from=stage] source... target`. */
function copy(rest: string, { from, root, place }: Copying): void {
  const words = rest.split(/\s+/)
  const stage = /^--from=(.*)$/.exec(words[0] ?? '')?.[1]
  const target = words.at(-1) ?? ''
  const to = target.startsWith('/') ? join(root, target) : join(place, target)
  for (const source of words.slice(stage === undefined ? 0 : 1, -1)) {
    const path = join(from(stage ?? ''), source)
    // As Docker does it: a folder's content, and a file into a target that is one.
    const isInto = statSync(path).isFile() && (target.endsWith('/') || target === '.')
    const copied = isInto ? join(to, basename(path)) : to
    mkdirSync(dirname(copied), { recursive: true })
    cpSync(path, copied, { recursive: true })
  }
}

/** Programs that keep an image's users in the image's files, where they would change those of this machine. */
function usersOf(root: string): string {
  const [files, tools] = [join(root, 'etc'), join(root, 'test-tools')]
  for (const folder of [files, tools]) mkdirSync(folder, { recursive: true })
  writeFileSync(join(files, 'passwd'), 'root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n')
  writeFileSync(join(files, 'group'), 'root:x:0:\nnode:x:1000:\n')
  for (const name of ['groupadd', 'useradd'])
    script(tools, name, `exec /usr/sbin/${name} --prefix '${root}' "$@"`)
  const idOf = `awk -F: -v name="$2" '$1 == name { print $3 }' '${files}/passwd'`
  script(
    tools,
    'install',
    `set -- "$@" --; while [ "$1" != -- ]; do case $1 in
       -o|-g) set -- "$@" "$1" "$(${idOf})"; shift 2 ;;
       *) set -- "$@" "$1"; shift ;;
     esac; done; shift; exec /usr/bin/install "$@"`,
  )
  return tools
}

function script(folder: string, name: string, text: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`)
  chmodSync(join(folder, name), 0o755)
}

/** A folder with what a build from a checkout gets: all that is not ignored. */
export function contextOf(checkout: string, folder: string): string {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: checkout,
  })
  for (const name of listed.toString().split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    copyFileSync(join(checkout, name), join(folder, name))
  }
  return folder
}
