import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import * as client from 'spark-connect-js'
import * as functions from 'spark-connect-js/functions'

import { coverageTable } from './coverage-table.ts'
import { surfaceOf } from './surface.ts'

writeFileSync(join(import.meta.dirname, '../docs/coverage.md'), coverageTable(surfaceOf(client, functions)))
