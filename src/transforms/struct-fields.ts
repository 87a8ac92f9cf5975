import type { Column, ColumnsOf, Schema, StructType } from 'spark-connect-js'

/** A struct's fields as columns, to be spread or read by name. */
export const structFields = <S extends Schema>(
  column: Column<StructType<S, boolean>>,
  fields: S,
): ColumnsOf<S> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each field has the type that its schema names
  Object.fromEntries(
    Object.keys(fields).map((name) => [name, column.getField(name)]),
  ) as unknown as ColumnsOf<S>
