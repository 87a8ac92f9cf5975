export {
  Column,
  SortColumn,
  type BooleanColumn,
  type NumericColumn,
  type StringColumn,
} from './column/column.ts'
export type { Generated, GeneratedColumn } from './column/generator.ts'
export type { LiteralValue } from './column/literal.ts'
export { Window, WindowSpec } from './column/window.ts'
export type { ColumnRecord, ColumnsOf, SchemaOfRecord, WithColumns } from './frame/columns.ts'
export { DataFrame } from './frame/data-frame.ts'
export type { ActionOptions, ExplainMode, Progress } from './frame/executor.ts'
export { GroupedData, PivotedData } from './frame/grouped-data.ts'
export { MergeIntoWriter } from './frame/merge-into-writer.ts'
export { DataFrameNaFunctions } from './frame/na-functions.ts'
export type { SchemaOfSelection, Selection } from './frame/selection.ts'
export { DataFrameReader, type JdbcSource } from './frame/reader.ts'
export { DataFrameStatFunctions } from './frame/stat-functions.ts'
export { StorageLevel } from './frame/storage-level.ts'
export { TableArg } from './frame/table-arg.ts'
export { TableValuedFunction } from './frame/table-valued-function.ts'
export { DataFrameWriterV2 } from './frame/table-writer.ts'
export { DataFrameWriter, type JdbcTarget } from './frame/writer.ts'
export type { JoinHow } from './plan/combination.ts'
export type { OperationProgress, ProgressHandler, StageProgress } from './session/progress.ts'
export { RuntimeConf } from './session/runtime-conf.ts'
export { SparkSession } from './session/spark-session.ts'
export {
  schema,
  t,
  type AnyType,
  type ArrayType,
  type MapType,
  type ScalarType,
  type Schema,
  type StructType,
} from './types/data-type.ts'
export { schemaDdl } from './types/ddl.ts'
export { Timestamp } from './types/timestamp.ts'
export type {
  AllNullable,
  CalendarInterval,
  Row,
  SpatialValue,
  ValueOf,
  Variant,
  WithNull,
} from './types/value.ts'
export type { Artifact } from './wire/artifacts.ts'
export type { HeadersHook, TlsOptions } from './wire/channel-options.ts'
export { SparkConnectError, type QueryContext, type SparkConnectErrorCode } from './wire/error.ts'
export type { RetryPolicy } from './wire/retry-policy.ts'
