import { z } from 'zod'

import { forget, type ForgetReport } from '../jobs/forget.ts'
import type { Subject } from '../store/deletions.ts'
import { checked } from './checked.ts'
import type { CommandContext } from './command-context.ts'
import { formatWhole } from './number-format.ts'
import { createProgress } from './progress.ts'
import { servicesFor } from './services-for.ts'
import { openServices } from './services.ts'

const ids = (flag: string) => z.array(z.string().trim().min(1, `${flag} takes an id`).max(255)).default([])

const schema = z
  .object({
    author: ids('--author'),
    tweet: ids('--tweet'),
    events: z.boolean().default(false),
    lake: z.string().optional(),
    json: z.boolean().default(false),
  })
  .refine(({ author, tweet, events }) => author.length + tweet.length > 0 || events, {
    error: 'nothing to forget; name --author, --tweet or --events',
  })

/** Something could still be found after it was to be forgotten. */
class ForgetError extends Error {
  override readonly name = 'ForgetError'
}

/** Forgets authors and tweets, and says what a search found afterwards. @throws ForgetError if that is anything */
export async function runForget(flags: unknown, context: CommandContext): Promise<void> {
  const options = checked(schema.safeParse(flags))
  using progress = createProgress({ stream: context.stderr })
  const services = servicesFor(['s3://'])
  await using opened = await openServices({ context, progress, services, lake: options.lake })
  const { spark, store, lake, openS3, signal } = opened
  const subjects: readonly Subject[] = [
    ...options.author.map((id) => ({ kind: 'author' as const, id })),
    ...options.tweet.map((id) => ({ kind: 'tweet' as const, id })),
  ]
  const job = { spark, store, lake, openS3, signal, subjects }
  const report = await forget({ ...job, areEventsHonoured: options.events, onStage: progress.stage })
  context.stdout.write(options.json ? `${JSON.stringify(report)}\n` : forgetText(report))
  if (report.found > 0) throw new ForgetError('something is still found; run forget again')
}

const MOST_OBJECTS = 20

function forgetText({
  subjects,
  silverRecords,
  silverFolders,
  rows,
  found,
  rawObjects,
}: ForgetReport): string {
  const more = rawObjects.length - MOST_OBJECTS
  const raw = [
    ...rawObjects.slice(0, MOST_OBJECTS).map((object) => `  ${object}\n`),
    more > 0 ? `  and ${formatWhole(more)} more (--json has all)\n` : '',
  ].join('')
  return [
    `Forgotten: ${formatWhole(subjects)} authors and tweets, ${formatWhole(silverRecords)} records of ${formatWhole(silverFolders)} folders of silver, ${formatWhole(rows)} rows of tables\n`,
    `A search afterwards finds ${found === 0 ? 'nothing' : formatWhole(found)}.\n`,
    raw === '' ? '' : `Raw objects that still hold them, until the bucket's retention removes them:\n${raw}`,
  ].join('')
}
