/** How a cluster is made. Sizes are numbers of machines. */
export interface ClusterSettings {
  /** Told by its name: `ripplerank-<name>`. */
  readonly name: string
  /** As `emr-spark-8.1.0`. */
  readonly releaseLabel: string
  readonly bucket: string
  /** The id that `deploy` gave. */
  readonly release: string
  readonly subnets: readonly string[]
  readonly primaryType: string
  readonly coreType: string
  readonly coreNodes: number
  /** Any of them; the cheapest that are to be had on the spot market. */
  readonly taskTypes: readonly string[]
  /** On the spot market, at most; by managed scaling. */
  readonly taskNodes: number
  readonly serviceRole: string
  readonly instanceProfile: string
  /** Encrypts the disks; S3 is encrypted in any case. */
  readonly kmsKey: string | undefined
  /** The cluster ends after this time without work, from 60 to 604,800. */
  readonly idleSeconds: number
  readonly stepConcurrency: number
}

export const CLUSTER_PREFIX = 'ripplerank-'
export const LOG_PREFIX = 'emr-logs/'

/** Where a cluster's logs go. */
export const logUri = (bucket: string): string => `s3://${bucket}/${LOG_PREFIX}`

/** Releases by the Spark that they bring; sessions are there from Spark 4 on. */
export const RELEASES = {
  'emr-spark-8.1.0': { spark: '4.1', hasSessions: true, applications: ['Spark'] },
  'emr-spark-8.0.0': { spark: '4.0', hasSessions: true, applications: ['Spark'] },
  'emr-7.14.0': { spark: '3.5', hasSessions: false, applications: ['Hadoop', 'Spark'] },
} as const

export const isRelease = (label: string): label is keyof typeof RELEASES => Object.hasOwn(RELEASES, label)
