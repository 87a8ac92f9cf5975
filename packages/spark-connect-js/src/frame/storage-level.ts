import type { StorageLevel as Level } from '../plan/analysis.ts'

const level = (parts: Partial<Level>): Level =>
  Object.freeze({
    useDisk: false,
    useMemory: false,
    useOffHeap: false,
    deserialized: false,
    replication: 1,
    ...parts,
  })

/** Where the server keeps a frame's rows: in memory, on disk, in how many copies. */
export type StorageLevel = Level

/**
 * The levels by PySpark's names.
 * @example await spark.range(1n).persist({ storageLevel: StorageLevel.DISK_ONLY }).then((kept) => kept.unpersist()) // a frame
 */
export const StorageLevel = Object.freeze({
  NONE: level({}),
  DISK_ONLY: level({ useDisk: true }),
  DISK_ONLY_2: level({ useDisk: true, replication: 2 }),
  DISK_ONLY_3: level({ useDisk: true, replication: 3 }),
  MEMORY_ONLY: level({ useMemory: true }),
  MEMORY_ONLY_2: level({ useMemory: true, replication: 2 }),
  MEMORY_AND_DISK: level({ useDisk: true, useMemory: true }),
  MEMORY_AND_DISK_2: level({ useDisk: true, useMemory: true, replication: 2 }),
  OFF_HEAP: level({ useDisk: true, useMemory: true, useOffHeap: true }),
  MEMORY_AND_DISK_DESER: level({ useDisk: true, useMemory: true, deserialized: true }),
})
