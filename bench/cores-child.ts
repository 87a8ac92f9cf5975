import { parseArgs } from 'node:util'
import { wholeNumber } from './flags.ts'
import { openBench } from './open-bench.ts'
import { scoreBySpark, warmUp } from './spark-score.ts'
import { benchStream } from './stream.ts'

const { values } = parseArgs({ options: { records: { type: 'string', default: '1000000' } } })
const records = wholeNumber('records', values)
using opened = openBench()
const folder = await opened.step(`simulate ${records} records`, () => benchStream(records))
await using services = await opened.openServices()
await warmUp(opened, services, folder)
const seconds = await opened.step(`${records} records`, () => scoreBySpark(opened, services, folder))
process.stdout.write(JSON.stringify({ records, seconds }))
