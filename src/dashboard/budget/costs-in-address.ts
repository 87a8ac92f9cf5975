import { deflateRawSync, inflateRawSync } from 'node:zlib'

import { readCostLines, type CostLine } from '../../budget/cost-lines.ts'
import { PageError } from '../page-error.ts'

const MOST_LETTERS = 8_000 // servers and mail programs take that much of an address
const MOST_BYTES = 200_000

/**
 * Costs as a part of an address, so that a plan can be sent to a colleague.
 * @throws PageError `too_large` where they do not fit
 */
export function packCosts(lines: readonly CostLine[]): string {
  const csv = lines.map(
    ({ author, costCents }) => `"${author.replaceAll('"', '""')}",${(costCents / 100).toFixed(2)}`,
  )
  const packed = deflateRawSync(`author,cost\n${csv.join('\n')}\n`).toString('base64url')
  if (packed.length <= MOST_LETTERS) return packed
  throw new PageError(
    'too_large',
    `${lines.length} costs are too many for a page. Leave authors out, or use \`ripplerank budget --costs\`.`,
  )
}

/**
 * The costs of an address.
 * @throws PageError `bad_request`, BudgetError
 */
export function unpackCosts(packed: string): readonly CostLine[] {
  return readCostLines(inflated(packed), 'the costs')
}

function inflated(packed: string): string {
  try {
    return inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: MOST_BYTES }).toString()
  } catch {
    throw new PageError('bad_request', 'The costs in this address are broken; upload the file again.')
  }
}
