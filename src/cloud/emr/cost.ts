import type { ClusterSettings } from './cluster-settings.ts'

/** Of one machine for an hour, in USD: EC2's price on demand, and what EMR takes on top. */
export interface HourlyPrice {
  readonly ec2: number
  readonly emr: number
}

/** When and where the table was right; prices differ by region and change. */
export const PRICES_OF = 'us-east-1, 2024'
const PRICES: Readonly<Record<string, HourlyPrice>> = {
  'm5.xlarge': { ec2: 0.192, emr: 0.048 },
  'm5.2xlarge': { ec2: 0.384, emr: 0.096 },
  'm6i.xlarge': { ec2: 0.192, emr: 0.048 },
  'm6i.2xlarge': { ec2: 0.384, emr: 0.096 },
  'm7i.xlarge': { ec2: 0.2016, emr: 0.0504 },
  'm7i.2xlarge': { ec2: 0.4032, emr: 0.1008 },
  'm6g.xlarge': { ec2: 0.154, emr: 0.0385 },
  'm6g.2xlarge': { ec2: 0.308, emr: 0.077 },
  'm7g.xlarge': { ec2: 0.1632, emr: 0.0408 },
  'm7g.2xlarge': { ec2: 0.3264, emr: 0.0816 },
}

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
  { primaryType, coreType, coreNodes, taskTypes, taskNodes }: ClusterSettings,
  given: Readonly<Record<string, number>>,
): CostEstimate {
  const priceOf = (type: string): number | undefined => {
    const listed = PRICES[type]
    return given[type] ?? (listed && listed.ec2 + listed.emr)
  }
  const used = [primaryType, coreType, ...(taskNodes > 0 ? taskTypes : [])]
  const unknown = [...new Set(used.filter((type) => priceOf(type) === undefined))]
  const priced = (type: string): number => priceOf(type) ?? Number.NaN
  const leastPerHour = priced(primaryType) + coreNodes * priced(coreType)
  const dearestTask = taskNodes > 0 ? Math.max(...taskTypes.map(priced)) : 0
  return { leastPerHour, mostPerHour: leastPerHour + taskNodes * dearestTask, unknown }
}
