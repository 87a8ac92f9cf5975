import { describe, expect, it } from '@jest/globals'
import { createText, deleteText, statusText } from '../../src/cli/pipeline-report.ts'
import { pipelineName } from '../../src/cloud/pipeline-name.ts'
import type { PartReport } from '../../src/cloud/pipeline.ts'

const name = pipelineName("it's\u001b[31m raining")
const [reported, dry] = [
  { name, isDryRun: false },
  { name, isDryRun: true },
]
const settings = { bucket: 'tweets', bufferSeconds: 300, bufferMebibytes: 5, isCompressed: false }
const found = { createdAt: undefined, isEncrypted: false, settings: undefined }
const role: PartReport = { part: 'role', place: 'a-role', changes: ['delete'] }

describe('the report of a pipeline', () => {
  it('says what is left of one without a stream', () => {
    expect(statusText({ ...found, status: 'none', parts: [role] }, reported)).toBe(
      [
        "There is no pipeline for it's [31m raining.",
        'Left of one:',
        '  role    a-role',
        '`ripplerank pipeline create` completes it, `pipeline delete` removes it.\n',
      ].join('\n'),
    )
  })

  it('says what is wrong with one', () => {
    const parts = [{ ...role, changes: ['allow what delivery needs'] }]
    expect(statusText({ ...found, status: 'ACTIVE', settings, parts }, reported)).toContain(
      'Not as it should be; `ripplerank pipeline create` would:\n  role    a-role: allow what delivery needs\n',
    )
  })

  it('says where to look for data whose bucket nobody knows', () => {
    const text = deleteText({ parts: [], data: undefined, isDataKept: true }, reported)
    expect(text).toContain(`is below ${name.prefix} of its bucket`)
  })

  it('gives a command to paste, and nothing that a terminal would obey', () => {
    const text = createText({ settings, parts: [] }, reported)
    expect(text).toContain(String.raw`ripplerank collect 'it'\''s [31m raining' --source bluesky`)
    expect(text).not.toContain('\u001b')
    expect(createText({ settings, parts: [role] }, dry)).not.toContain('ripplerank collect')
  })
})
