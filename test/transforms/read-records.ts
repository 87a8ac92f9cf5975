import type { Row } from 'spark-connect-js'

import { readObservations } from '../../src/jobs/read-observations.ts'
import type { ParsedRecord } from '../../src/schema/observation.ts'
import type { TransformBench } from './cascade-frames.ts'

/** Records of any format, one a line, as the job reads them: one row each, in their order. */
export async function readRecords(
  { spark, write }: TransformBench,
  records: readonly (string | object)[],
): Promise<readonly Row<typeof ParsedRecord>[]> {
  const lines = records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record)))
  const path = await write(lines.join('\n'))
  const silver = `${path}-silver`
  const read = await readObservations({ spark, inputs: [path], silver, term: 'tests', options: {} })
  return read.records.orderBy((c) => c.record_id).collect()
}
