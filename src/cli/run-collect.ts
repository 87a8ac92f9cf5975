import { join } from 'node:path'

import { pipelineName } from '../cloud/pipeline-name.ts'
import { collect } from '../collect/collect.ts'
import { CollectError } from '../collect/delivery/collect-error.ts'
import { newCounts } from '../collect/delivery/counts.ts'
import { serveMetrics } from '../collect/delivery/serve-metrics.ts'
import { projectRoot } from '../local/paths.ts'
import { awsAccess } from './aws-access.ts'
import { parseCollectOptions } from './collect-options.ts'
import { tellCollecting } from './collect-progress.ts'
import { collectText, type CollectReport } from './collect-report.ts'
import { chooseSource } from './collect-source.ts'
import type { CommandContext } from './command-context.ts'
import { readEnvironment } from './environment.ts'
import { formatWhole } from './number-format.ts'
import { openFirehose } from './open-firehose.ts'
import { createProgress } from './progress.ts'

/** Brings records from a source to a delivery stream until it ends or Ctrl-C, and prints the counts. */
export async function runCollect(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseCollectOptions(flags)
  const environment = readEnvironment(context.variables)
  const name = pipelineName(options.term)
  const { stream = name.stream, maxPosts, metricsPort } = options
  const folder = options.state ?? join(projectRoot, '.ripplerank', 'collect', stream)
  const chosen = chooseSource(options, { ...environment, folder })
  const counts = newCounts()
  await using stack = new AsyncDisposableStack()
  const firehose = stack.adopt(await openFirehose(awsAccess(environment)), (client) => client.destroy())
  if (metricsPort !== undefined) stack.use(await serveMetrics(counts, { port: metricsPort, stream }))
  const progress = stack.use(createProgress({ stream: context.stderr }))
  const telling = stack.use(tellCollecting(counts, { progress, folder }))
  const begunMs = performance.now()
  await collect({
    ...chosen,
    term: name.term,
    stream,
    firehose,
    folder,
    ...(maxPosts !== undefined && { mostPosts: maxPosts }),
    signal: context.signal,
    onEvent: telling.hear,
    counts,
  })
  telling.done()
  const seconds = (performance.now() - begunMs) / 1_000
  const { source, json } = options
  const report: CollectReport = { term: name.term, stream, source, state: folder, ...counts, seconds }
  context.stdout.write(json ? `${JSON.stringify(report)}\n` : collectText(report))
  if (counts.dropped > 0) throw dropped(counts.dropped, folder)
}

const dropped = (records: number, folder: string): CollectError =>
  new CollectError('dropped', `${formatWhole(records)} records were lost`, {
    hint: `The lines above say why; look at the disk below ${folder}.`,
  })
