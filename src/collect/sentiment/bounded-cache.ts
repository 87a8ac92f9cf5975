/**
 * Keeps what was computed for texts, the lately used ones longer. In two generations: when the young one is full, it
 * becomes the old one and the old one is dropped, so that nothing need be sorted by use.
 */
export function boundedCache<T>({ characters }: { readonly characters: number }) {
  let [young, old] = [new Map<string, T>(), new Map<string, T>()]
  let size = 0
  const keep = (key: string, value: T): void => {
    if (size + key.length > characters) {
      ;[old, young] = [young, new Map()]
      size = 0
    }
    young.set(key, value)
    size += key.length
  }
  return (key: string, compute: () => T): T => {
    const kept = young.get(key)
    if (kept !== undefined) return kept
    const value = old.get(key) ?? compute()
    keep(key, value)
    return value
  }
}
