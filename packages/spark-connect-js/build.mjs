// build.mjs [--remove]: what the tarball holds. Removed after packing: tools that do not know of `source` would take it for
// the package, and it ages. JavaScript with types in dist/, the generated protocol code copied as it is.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = import.meta.dirname
const dist = join(root, 'dist')
const generated = join(root, 'src', 'generated')
if (!existsSync(generated)) {
  process.stderr.write('The protocol code is missing: run `npm run setup` first.\n')
  process.exit(1)
}
rmSync(dist, { recursive: true, force: true })
if (process.argv.includes('--remove')) process.exit(0)
const tsc = join(dirname(dirname(root)), 'node_modules', 'typescript', 'bin', 'tsc')
const { status } = spawnSync(process.execPath, [tsc, '--project', join(root, 'tsconfig.build.json')], {
  stdio: 'inherit',
})
if (status === 0) {
  for (const file of readdirSync(dist, { recursive: true })) nameOutputs(join(dist, file))
  cpSync(generated, join(dist, 'generated'), { recursive: true })
}
process.exitCode = status ?? 1

/** The compiler names its outputs in JavaScript alone: declarations still import `./column.ts`. */
function nameOutputs(file) {
  if (!file.endsWith('.d.ts')) return
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replaceAll(/(?<=(?:from |import\()['"]\.{1,2}\/[^'"]+)\.ts(?=['"])/g, '.js'))
}
