import { call } from '../../plan/expression.ts'
import type { MapType } from '../../types/data-type.ts'
import { Column, expressionOf } from '../column.ts'
import type { StringType } from './call.ts'

/** Options of a parser or a writer, by Spark's names for its data source: `{ mode: 'PERMISSIVE' }`. */
export type FormatOptions = Readonly<Record<string, string>>

type OptionsColumn = Column<MapType<StringType<false>, StringType<false>, false>>

/** The last argument of a function with options; none where nothing is set. */
export const optionsArgument = (options: FormatOptions): readonly OptionsColumn[] => {
  const entries = Object.entries(options)
  return entries.length > 0 ? [new Column(call('map', entries.flat().map(expressionOf)))] : []
}
