import { describe, expect, it } from '@jest/globals'
import { benchReport, exponentOf, median } from '../../bench/report.ts'

const result = {
  records: 1_000_000,
  rows: 12_345,
  differences: 0,
  contenders: [
    { name: 'Spark', seconds: [12, 10, 14], peakMemoryBytes: 3.21e9 },
    { name: 'DuckDB', seconds: [4, 3, 5], peakMemoryBytes: undefined },
  ],
} as const

describe('the report of the bench', () => {
  it('shows medians, peak memory and the ratio', () => {
    const [title, , spark, duckdb, verdict] = benchReport(result).split('\n')
    expect(title).toBe('1,000,000 raw records to scores, 3 runs, warm server')
    expect(spark?.split(/ {2,}/)).toEqual(['Spark', '12.00 s', '10.00 s', '14.00 s', '3.21 GB', '3.00'])
    expect(duckdb?.split(/ {2,}/)).toEqual(['DuckDB', '4.00 s', '3.00 s', '5.00 s', 'unknown', '1.00'])
    expect(verdict).toBe('12,345 authors compared: the same result.')
  })

  it('says loudly when the results differ', () => {
    expect(benchReport({ ...result, differences: 7 })).toContain('7 DIFFERENCES')
  })

  it('takes the mean of the two middle values as the median', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([5])).toBe(5)
    expect(median([])).toBeNaN()
  })
})

describe('how a cost grows', () => {
  it.each([
    [
      1,
      [
        [100, 7],
        [1_000, 70],
        [5_000, 350],
      ],
    ],
    [
      2,
      [
        [10, 3],
        [20, 12],
        [40, 48],
      ],
    ],
    [
      0,
      [
        [10, 5],
        [100, 5],
      ],
    ],
  ] as const)('is to the power of %d', (exponent, points) => {
    expect(exponentOf(points)).toBeCloseTo(exponent, 12)
  })
})
