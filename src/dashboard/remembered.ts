/** What was made for a key, or is being made. */
export type Remember<Value> = (key: string, make: () => Promise<Value>) => Promise<Value>

export interface RememberOptions<Value> {
  /** How much is kept: of results that weigh 1 each, unless `weightOf` says otherwise. */
  readonly most: number
  readonly weightOf?: (value: Value, key: string) => number
}

interface Kept<Value> {
  readonly value: Promise<Value>
  /** Nothing until it is made. */
  weight: number
}

/**
 * Keeps the results that were last asked for, as many as weigh `most`. A failure is not kept; who asks meanwhile waits
 * for the same work.
 */
export function remembered<Value>({ most, weightOf = () => 1 }: RememberOptions<Value>): Remember<Value> {
  const kept = new Map<string, Kept<Value>>()
  let weight = 0
  const forget = (key: string, entry: Kept<Value>): void => {
    if (kept.get(key) !== entry) return
    kept.delete(key)
    weight -= entry.weight
  }
  const weigh = (key: string, entry: Kept<Value>, value: Value): void => {
    if (kept.get(key) !== entry) return
    entry.weight = weightOf(value, key)
    weight += entry.weight
    for (const [oldest, other] of kept) {
      if (weight <= most) return
      forget(oldest, other)
    }
  }
  return (key, make) => {
    const before = kept.get(key)
    if (before) {
      kept.delete(key)
      kept.set(key, before)
      return before.value
    }
    const entry = { value: make(), weight: 0 }
    kept.set(key, entry)
    entry.value.then(
      (value) => weigh(key, entry, value),
      () => forget(key, entry),
    )
    return entry.value
  }
}
