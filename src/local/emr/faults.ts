/** What goes wrong on purpose, for tests. */
export interface EmrFaults {
  /** So many calls from now on are answered with ThrottlingException. */
  readonly throttledCalls?: number
  /** How long a cluster is STARTING beyond the usual, in milliseconds. */
  readonly slowStartMs?: number
  /** Clusters that are created now end before they are up, as where there is no capacity. */
  readonly failsStart?: boolean
  /** Sessions that are started now fail. */
  readonly failsSession?: boolean
}
