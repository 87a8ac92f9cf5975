/** A release of Spark, as far as its protocol tells them apart. */
export type Release = '3.5' | '4.0' | '4.1'

/** What every server is taken to know. */
export const OLDEST: Release = '3.5'

/** The release from which on nothing below is missing. */
export const NEWEST: Release = '4.1'

const SINCE_4_0 = [
  'Aggregate.grouping_sets',
  'AnalyzePlanRequest.json_to_ddl',
  'Command.checkpoint_command',
  'Command.create_resource_profile_command',
  'Command.execute_external_command',
  'Command.merge_into_table_command',
  'Command.ml_command',
  'Command.register_data_source',
  'Command.remove_cached_remote_relation_command',
  'Command.streaming_query_listener_bus_command',
  'DataType.String.collation',
  'DataType.variant',
  'Expression.Cast.eval_mode',
  'Expression.Literal.specialized_array',
  'Expression.UnresolvedAttribute.is_metadata_column',
  'Expression.UnresolvedFunction.is_internal',
  'Expression.UnresolvedStar.plan_id',
  'Expression.merge_action',
  'Expression.named_argument_expression',
  'Expression.subquery_expression',
  'Expression.typed_aggregate_expression',
  'Relation.as_of_join',
  'Relation.common_inline_user_defined_data_source',
  'Relation.lateral_join',
  'Relation.ml_relation',
  'Relation.transpose',
  'Relation.unresolved_table_valued_function',
  'Relation.with_relations',
  'SQL.named_arguments',
  'SQL.pos_arguments',
  'SqlCommand.input',
  'SqlCommand.named_arguments',
  'SqlCommand.pos_arguments',
  'WriteOperation.clustering_columns',
  'WriteOperationV2.clustering_columns',
  'WriteStreamOperationStart.clustering_column_names',
] as const

const SINCE_4_1 = [
  'Command.pipeline_command',
  'DataType.geography',
  'DataType.geometry',
  'DataType.time',
  'Expression.Literal.data_type',
  'Expression.Literal.time',
  'Expression.direct_shuffle_partition_id',
  'Plan.compressed_operation',
  'Relation.chunked_cached_local_relation',
  'SubqueryExpression.in_subquery_values',
] as const

/**
 * The fields by which a plan asks for what a server of 3.5 does not have. It would not refuse them: an older server
 * skips what it does not know, and computes something else. Found by comparing the .proto files of 3.5.7, 4.0.1 and
 * 4.1.2, which a test does again; what is left out is harmless where it is skipped (test/versions/harmless.ts).
 */
export const SINCE: ReadonlyMap<string, Release> = new Map([
  ...SINCE_4_0.map((field) => [`spark.connect.${field}`, '4.0'] as const),
  ...SINCE_4_1.map((field) => [`spark.connect.${field}`, '4.1'] as const),
])
