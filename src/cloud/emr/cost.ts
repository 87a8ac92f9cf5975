import type { ClusterSettings } from './cluster-settings.ts'

/** Where and when the table was right; prices differ by region and change. */
export const PRICES_OF = 'prices of us-east-1 as quoted in November 2026; yours by --price'
/**
 * Of one machine for an hour at EC2, on demand, with Linux, in USD: as public projects quote them, not as AWS was asked; for want
 * of a network nobody asked.
 */
export const EC2_PRICES: Readonly<Record<string, number>> = {
  'm5.xlarge': 0.192,
  'm5.2xlarge': 0.384,
  'm6i.xlarge': 0.192,
  'm6i.2xlarge': 0.384,
  'm7i.xlarge': 0.2016,
  'm7i.2xlarge': 0.4032,
  'm6g.xlarge': 0.154,
  'm6g.2xlarge': 0.308,
  'm7g.xlarge': 0.1632,
  'm7g.2xlarge': 0.3264,
}
/** What EMR takes on top, as a share of EC2's price; of these types it was so in 2024, and is not compared since. */
export const EMR_SHARE = 0.25

type Machines = Pick<ClusterSettings, 'primaryType' | 'coreType' | 'coreNodes' | 'taskTypes' | 'taskNodes'>

/** What a cluster costs an hour, in USD, without disks and traffic. */
export interface CostEstimate {
  /** With no task nodes. */
  readonly leastPerHour: number
  /** With all task nodes, at the price on demand, which EMR falls back to; the spot market is cheaper. */
  readonly mostPerHour: number
  /** Types whose price nobody named; with any, the sums are unknown. */
  readonly unknown: readonly string[]
}

/**
 * Estimates what a cluster costs.
 * @param given prices of the user's own for an hour, EC2 and EMR together, by type; they win over the table
 */
export function estimateCost(
  { primaryType, coreType, coreNodes, taskTypes, taskNodes }: Machines,
  given: Readonly<Record<string, number>>,
): CostEstimate {
  const priceOf = (type: string): number | undefined => {
    const listed = EC2_PRICES[type]
    return given[type] ?? (listed && listed * (1 + EMR_SHARE))
  }
  const used = [primaryType, coreType, ...(taskNodes > 0 ? taskTypes : [])]
  const unknown = [...new Set(used.filter((type) => priceOf(type) === undefined))]
  const priced = (type: string): number => priceOf(type) ?? Number.NaN
  const leastPerHour = priced(primaryType) + coreNodes * priced(coreType)
  const dearestTask = taskNodes > 0 ? Math.max(...taskTypes.map(priced)) : 0
  return { leastPerHour, mostPerHour: leastPerHour + taskNodes * dearestTask, unknown }
}
