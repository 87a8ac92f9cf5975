import { type JsonObject, known, objectOf, objectsOf } from '../../record/json.ts'
import { SourceError } from '../../source-error.ts'
import { type XApi, jsonOf, sentenceOf } from './x-api.ts'

const PATH = '/2/tweets/search/stream/rules'

/** A rule of the filtered stream that is ours, by its tag. */
export interface StreamRule {
  readonly value: string
  readonly tag: string
}

/**
 * The rule for a term: its words next to each other, in this order.
 *
 * @see https://docs.x.com/x-api/posts/filtered-stream/integrate/build-a-rule
 */
export const ruleFor = (term: string): string =>
  /^[#@$]?\w+$/u.test(term) ? term : `"${term.replaceAll(/["\\]/g, ' ').trim()}"`

/**
 * Sets our rule, and gives its id: one that an earlier run left is taken over, and those with our tag and another value
 * are removed. Rules with other tags belong to others.
 * @throws SourceError `bad_options` if X does not take the rule
 */
export async function setRule(api: XApi, rule: StreamRule, signal: AbortSignal): Promise<string> {
  const found = objectsOf((await jsonOf(await api({ path: PATH, signal })))['data'])
  const ours = found.filter((one) => one['tag'] === rule.tag)
  const outdated = ours.filter((one) => one['value'] !== rule.value).map(idOf)
  if (outdated.length > 0) await removeRules(api, outdated, signal)
  const same = ours.find((one) => one['value'] === rule.value)
  return same === undefined ? addRule(api, rule, signal) : idOf(same)
}

async function addRule(api: XApi, { value, tag }: StreamRule, signal: AbortSignal): Promise<string> {
  const answer = await jsonOf(await api({ path: PATH, body: { add: [{ value, tag }] }, signal }))
  const [added] = objectsOf(answer['data'])
  if (added !== undefined) return idOf(added)
  const details = objectsOf(answer['errors']).flatMap((error) => error['details'])
  const why = [sentenceOf(answer), ...details.map(known)].filter((part) => part !== null).join('; ')
  throw new SourceError(`X does not take the rule ${value} (${why})`, { code: 'bad_options' })
}

export async function removeRules(api: XApi, ids: readonly string[], signal: AbortSignal): Promise<void> {
  await jsonOf(await api({ path: PATH, body: { delete: { ids } }, signal }))
}

const idOf = (rule: JsonObject): string => known(rule['id']) ?? ''

/** Whether a line of the stream came for our rule; one that does not say is taken. */
export function isForRule(line: JsonObject, ruleId: string): boolean {
  const rules = objectsOf(line['matching_rules'])
  return rules.length === 0 || rules.some((rule) => idOf(rule) === ruleId)
}

/** What is left of this month's posts, if X says so. */
export async function postsLeft(api: XApi, signal: AbortSignal): Promise<number> {
  const usage = objectOf((await jsonOf(await api({ path: '/2/usage/tweets', signal })))['data'])
  const [cap, used] = [Number(usage?.['project_cap'] ?? Infinity), Number(usage?.['project_usage'] ?? 0)]
  return Number.isNaN(cap - used) ? Infinity : Math.max(0, cap - used)
}
