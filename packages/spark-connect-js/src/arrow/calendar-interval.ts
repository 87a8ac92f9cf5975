import { IntervalUnit, Type, type Batch, type Table } from '@uwdata/flechette'
import type { CalendarInterval } from '../types/value.ts'

const BYTES = 16
const DAYS_AT = 4
const NANOS_AT = 8
const NANOS_PER_MICRO = 1000n
const LITTLE_ENDIAN = true

/**
 * Lets a table's calendar intervals be read whole. The decoder makes one float of an interval's nanoseconds, and
 * so fails from 105 days on.
 */
export const readIntervalsWhole = (table: Table): void => {
  for (const column of table.children) for (const batch of column.data) readWhole(batch)
}

const readWhole = (batch: Batch<unknown>): void => {
  const { type, values } = batch
  // Declared as always there, and absent from a batch without children.
  for (const child of (batch.children as Batch<unknown>[] | undefined) ?? []) readWhole(child)
  if (type.typeId !== Type.Interval || type.unit !== IntervalUnit.MONTH_DAY_NANO) return
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength)
  batch.value = (index) => intervalAt(view, index * BYTES)
}

const intervalAt = (view: DataView, offset: number): CalendarInterval => ({
  months: view.getInt32(offset, LITTLE_ENDIAN),
  days: view.getInt32(offset + DAYS_AT, LITTLE_ENDIAN),
  microseconds: view.getBigInt64(offset + NANOS_AT, LITTLE_ENDIAN) / NANOS_PER_MICRO,
})
