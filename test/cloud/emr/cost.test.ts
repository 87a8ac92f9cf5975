import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { EC2_PRICES, EMR_SHARE, estimateCost } from '../../../src/cloud/emr/cost.ts'

const machines = {
  primaryType: 'm6i.xlarge',
  coreType: 'm6i.2xlarge',
  coreNodes: 2,
  taskTypes: ['m7i.xlarge', 'm5.xlarge'],
  taskNodes: 4,
}

describe('what a cluster costs', () => {
  it('is the sum over its machines, with the dearest of the task types', () => {
    const { leastPerHour, mostPerHour, unknown } = estimateCost(machines, {})
    expect(leastPerHour).toBeCloseTo((0.192 + 2 * 0.384) * 1.25, 10)
    expect(mostPerHour).toBeCloseTo(leastPerHour + 4 * 0.2016 * 1.25, 10)
    expect(unknown).toEqual([])
  })

  it('goes by the user’s prices first, and is unknown where nobody names one', () => {
    const given = { 'm6i.xlarge': 1, 'm6i.2xlarge': 2, 'm7i.xlarge': 3 }
    expect(estimateCost(machines, given)).toEqual({ leastPerHour: 5, mostPerHour: 17, unknown: [] })
    const other = { ...machines, coreType: 'x9.huge', taskNodes: 0 }
    expect(estimateCost(other, {})).toMatchObject({ leastPerHour: Number.NaN, unknown: ['x9.huge'] })
  })

  it('is told by docs/operations.md at the same prices', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../docs/operations.md'), 'utf8')
    const told = [...text.matchAll(/^\| `(m[\w.]+)`\s*\| ([\d.]+)\s*\| ([\d.]+)\s*\|$/gm)]
    const rows = told.map(([, type = '', ec2, both]) => [type, [Number(ec2), Number(both)]])
    const known = Object.entries(EC2_PRICES).map(([type, price]) => [
      type,
      [price, Number((price * (1 + EMR_SHARE)).toFixed(4))],
    ])
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(known))
  })
})
