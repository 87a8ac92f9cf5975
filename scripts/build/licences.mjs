import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const packageFolder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/
const legalFile = /^(licen[cs]e|notice|copying)/i

/**
 * The licences of all packages in a bundle, each once, by name.
 * @param {import('esbuild').Metafile} metafile
 * @param {string} root what the paths in it start from
 * @throws where a package does not say what its licence is
 */
export function licencesOf({ inputs }, root) {
  const folders = new Set(Object.keys(inputs).flatMap((path) => packageFolder.exec(path) ?? []))
  const texts = [...folders].map((folder) => licenceOf(join(root, folder)))
  return [...new Set(texts)].toSorted().join('')
}

function licenceOf(folder) {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => legalFile.test(file)) : []
  const texts = files.toSorted().map((file) => readFileSync(join(folder, file), 'utf8').trim())
  const named = license?.type ?? license ?? licenses?.map(({ type }) => type).join(' OR ')
  if (named === undefined && texts.length === 0) throw new Error(`${name} does not say what its licence is`)
  const title = `${name} ${version}: ${named ?? 'see below'}`
  return `${title}\n${'='.repeat(title.length)}\n\n${texts.map((text) => `${text}\n\n`).join('')}\n`
}
