import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import startServices from '../../environment/global-setup.mjs'

/** Starts the servers, and the file that the table is gathered in. */
export default async function globalSetup() {
  const lines = join(mkdtempSync(join(tmpdir(), 'ripplerank-faults-')), 'lines.jsonl')
  writeFileSync(lines, '')
  process.env.RIPPLERANK_FAULT_LINES = lines
  await startServices()
}
