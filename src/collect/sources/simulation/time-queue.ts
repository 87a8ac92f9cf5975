/** A binary heap: gives back the entry with the smallest key, the first added among equals. */
export interface TimeQueue<T> {
  readonly size: () => number
  readonly earliestMs: () => number // Infinity when empty
  readonly add: (atMs: number, entry: T) => void
  readonly take: () => T | undefined
}

interface Waiting<T> {
  readonly atMs: number
  readonly order: number
  readonly entry: T
}

const isBefore = <T>(left: Waiting<T>, right: Waiting<T>): boolean =>
  left.atMs < right.atMs || (left.atMs === right.atMs && left.order < right.order)

/** An empty queue whose keys are milliseconds since 1970. */
export function timeQueue<T>(): TimeQueue<T> {
  const heap: Waiting<T>[] = []
  let added = 0
  return {
    size: () => heap.length,
    earliestMs: () => heap[0]?.atMs ?? Infinity,
    add: (atMs, entry) => siftUp(heap, { atMs, order: added++, entry }),
    take: () => {
      const first = heap[0]
      const last = heap.pop()
      if (last !== undefined && heap.length > 0) siftDown(heap, last)
      return first?.entry
    },
  }
}

function siftUp<T>(heap: Waiting<T>[], waiting: Waiting<T>): void {
  let position = heap.length
  while (position > 0) {
    const above = (position - 1) >>> 1
    const parent = heap[above]
    if (parent === undefined || !isBefore(waiting, parent)) break
    heap[position] = parent
    position = above
  }
  heap[position] = waiting
}

function siftDown<T>(heap: Waiting<T>[], waiting: Waiting<T>): void {
  let position = 0
  for (;;) {
    const left = heap[2 * position + 1]
    const right = heap[2 * position + 2]
    if (left === undefined) break
    const isRight = right !== undefined && isBefore(right, left)
    const child = isRight ? right : left
    if (!isBefore(child, waiting)) break
    heap[position] = child
    position = 2 * position + (isRight ? 2 : 1)
  }
  heap[position] = waiting
}
