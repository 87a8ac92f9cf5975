#!/usr/bin/env node
// build.mjs [folder]: the command line as one file that runs on Node 22 or later without node_modules, in dist/ by default:
//   ripplerank.mjs            and its source map
//   assets, plan-worker.mjs   what `serve` needs besides
//   ripplerank.licences.txt   of what is in it
//   mysql-connector-j.jar     for Spark servers that lack it
//   emr/*.sh                  what a cluster runs
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { licencesOf } from './build/licences.mjs'
import { withCities } from './build/with-cities.mjs'
import { projectRoot } from './setup.mjs'

const dist = resolve(process.argv[2] ?? join(projectRoot, 'dist'))
const program = join(dist, 'ripplerank.mjs')
const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))

// Packages written for CommonJS ask for these by name, which a module does not have.
const banner = `#!/usr/bin/env node
import { createRequire as bundleRequire } from 'node:module';
const require = bundleRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;`

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
const { metafile } = await build({
  absWorkingDir: projectRoot,
  entryPoints: { ripplerank: 'src/cli/main.ts', 'plan-worker': 'src/dashboard/budget/plan-worker.ts' },
  outdir: dist,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  conditions: ['source'],
  define: { BUNDLE_VERSION: JSON.stringify(version) },
  banner: { js: banner },
  plugins: [withCities],
  external: ['bufferutil', 'utf-8-validate'], // what `ws` would use if somebody had compiled it
  minifySyntax: true,
  minifyWhitespace: true, // not names: a stack without its source map must still tell something
  sourcemap: true,
  legalComments: 'none', // they are in the licences
  metafile: true,
  logLevel: 'warning',
})
chmodSync(program, 0o755)
writeFileSync(join(dist, 'ripplerank.licences.txt'), licencesOf(metafile, projectRoot))
cpSync(join(projectRoot, 'src', 'dashboard', 'assets'), join(dist, 'assets'), { recursive: true })
cpSync(join(projectRoot, 'docker', 'emr'), join(dist, 'emr'), { recursive: true })
copyFileSync(
  join(projectRoot, '.ripplerank', 'runtime', 'connector-j', 'mysql-connector-j.jar'),
  join(dist, 'mysql-connector-j.jar'),
)
