export {
  avg,
  collectList,
  count,
  countDistinct,
  countIf,
  first,
  last,
  max,
  maxBy,
  min,
  minBy,
  sum,
} from './column/functions/aggregate.ts'
export {
  array,
  arrayJoin,
  arraySize,
  elementAt,
  explode,
  explodeOuter,
  fromJson,
  getJsonObject,
  struct,
  transform,
} from './column/functions/collection.ts'
export { coalesce, expr, lit, nullif, nullOf, when } from './column/functions/conditional.ts'
export {
  timestampMicros,
  timestampSeconds,
  tryToTimestamp,
  unixMicros,
  unixSeconds,
} from './column/functions/datetime.ts'
export {
  abs,
  ceil,
  exp,
  floor,
  greatest,
  least,
  ln,
  log1p,
  pow,
  round,
  signum,
  sqrt,
  tryDivide,
} from './column/functions/math.ts'
export { cumeDist, lag, lead, percentRank, rank, rowNumber } from './column/functions/ranking.ts'
export { inputFileBlockStart, inputFileName, monotonicallyIncreasingId } from './column/functions/source.ts'
export {
  concat,
  concatWs,
  instr,
  length,
  lower,
  regexpExtract,
  regexpReplace,
  sha2,
  split,
  substring,
  trim,
  upper,
} from './column/functions/string.ts'
