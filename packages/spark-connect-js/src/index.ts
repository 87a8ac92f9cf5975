export {
  Column,
  SortColumn,
  type BooleanColumn,
  type NumericColumn,
  type StringColumn,
} from './column/column.ts'
export type { CaseColumn } from './column/functions/conditional.ts'
export type { Generated, GeneratedColumn } from './column/generator.ts'
export type { LiteralValue } from './column/literal.ts'
export { Window, WindowSpec } from './column/window.ts'
export type { ColumnRecord, ColumnsOf, SchemaOfRecord, WithColumns } from './frame/columns.ts'
export { DataFrame } from './frame/data-frame.ts'
export { DataStreamReader } from './frame/data-stream-reader.ts'
export type { Options, OptionValue } from './frame/source-options.ts'
export { DataStreamWriter, type OutputMode } from './frame/data-stream-writer.ts'
export type {
  QueryIdleEvent,
  QueryProgressEvent,
  QueryStartedEvent,
  QueryTerminatedEvent,
  SourceProgress,
  StreamingQueryListener,
  StreamingQueryProgress,
} from './frame/streaming-event.ts'
export {
  StreamingQuery,
  type AwaitOptions,
  type StreamingQueryException,
  type StreamingQueryStatus,
} from './frame/streaming-query.ts'
export type { StreamTrigger } from './plan/streaming.ts'
export { StreamingQueryManager } from './session/streaming-query-manager.ts'
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
export { Catalog } from './session/catalog.ts'
export type {
  CatalogMetadata,
  ColumnMetadata,
  Database,
  FunctionMetadata,
  NewTable,
  StorageLevelParts,
  Table,
} from './session/catalog-entry.ts'
export type { OperationProgress, ProgressHandler, StageProgress } from './session/progress.ts'
export { RuntimeConf, type ConfValue } from './session/runtime-conf.ts'
export { SparkSession, type RangeOptions, type SqlArguments } from './session/spark-session.ts'
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
