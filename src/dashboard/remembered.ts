/** What was made for a key, or is being made. */
export type Remember<Value> = (key: string, make: () => Promise<Value>) => Promise<Value>

/** Keeps the `most` results that were last asked for. A failure is not kept; who asks meanwhile waits for the same work. */
export function remembered<Value>(most: number): Remember<Value> {
  const kept = new Map<string, Promise<Value>>()
  return (key, make) => {
    const before = kept.get(key)
    kept.delete(key)
    const value = before ?? make()
    kept.set(key, value)
    if (before === undefined) {
      value.catch(() => {
        if (kept.get(key) === value) kept.delete(key)
      })
    }
    const [oldest] = kept.keys()
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    return value
  }
}
