import type { Row } from 'spark-connect-js'

import { readObservations } from '../../src/jobs/read-observations.ts'
import type { ParsedRecord } from '../../src/schema/observation.ts'
import type { TransformBench } from './cascade-frames.ts'
import { readTogether } from './read-together.ts'

type Records = readonly (string | object)[]

/** Records of any format, one a line, as the job reads them: one row each, in their order. */
export async function readRecords(
  bench: TransformBench,
  records: Records,
): Promise<readonly Row<typeof ParsedRecord>[]> {
  return readFiles(bench, [await bench.write(linesOf(records))])
}

/** The same for the records of many tests at once: see `readTogether`. */
export function readRecordsTogether() {
  const { read, ...rest } = readTogether(readFiles)
  return { ...rest, read: (records: Records) => read(linesOf(records)) }
}

const linesOf = (records: Records): string =>
  records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record))).join('\n')

async function readFiles({ spark }: TransformBench, paths: readonly string[]) {
  const silver = `${paths[0]}-silver`
  const read = await readObservations({ spark, inputs: paths, silver, term: 'tests', options: {} })
  return read.records.orderBy((c) => c.record_id).collect()
}
