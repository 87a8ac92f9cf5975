/**
 * Fields that came after Spark 3.5 and are not in `SINCE`: a server that skips them computes the same.
 * Messages that are new as a whole need no line here, nor do fields of messages that hold Python or Scala code.
 */
export const HARMLESS: readonly string[] = [
  'AnalyzePlanRequest.client_observed_server_side_session_id', // only lets the server notice its own restart
  'Expression.common', // where in the source an expression stands, for messages
  'RelationCommon.origin', // the same of a relation
  'WithColumnsRenamed.renames', // the same names are in `rename_columns_map`
]

/** Messages that this client never sends: code of another language, machine learning. */
export const UNSENT: readonly string[] = [
  'MlCommand',
  'MlCommand.Delete',
  'MlRelation',
  'CommonInlineUserDefinedFunction',
  'PythonUDF',
  'ScalarScalaUDF',
  'MapPartitions',
  'GroupMap',
]
