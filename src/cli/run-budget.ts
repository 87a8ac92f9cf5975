import { allocate } from '../budget/allocate.ts'
import { modelledCost } from '../budget/money.ts'
import { toCandidates } from '../budget/to-candidates.ts'
import { isoSeconds } from '../jobs/slot.ts'
import { startEmbedded } from '../local/start-embedded.ts'
import type { PublishedSlot, Reach } from '../store/reach.ts'
import type { Store } from '../store/store.ts'
import { openStore } from '../store/store.ts'
import type { BudgetOptions } from './budget-options.ts'
import { parseBudgetOptions } from './budget-options.ts'
import { budgetReport, type BudgetReport } from './budget-report.ts'
import { budgetCsv, budgetText } from './budget-text.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'
import { readCostFile, type CostLine } from './cost-file.ts'
import { readEnvironment } from './environment.ts'

/** Divides a sum between authors of a published slot and prints who gets what, and why. */
export async function runBudget(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseBudgetOptions(flags)
  const lines = options.costs === undefined ? undefined : await readCostFile(options.costs)
  const { all } = readEnvironment(context.variables)
  const { signal, stdout } = context
  await using embedded = await startEmbedded({ environment: all, services: ['mariadb'], signal })
  await using store = await openStore({ url: embedded.environment['DATABASE_URL'] ?? '', signal })
  await store.migrate()
  const report = await budgetOf(options, { store, lines })
  if (options.json) stdout.write(`${JSON.stringify(report)}\n`)
  else stdout.write(options.csv ? budgetCsv(report) : budgetText(report))
}

interface Sources {
  readonly store: Store
  readonly lines: readonly CostLine[] | undefined
}

async function budgetOf(options: BudgetOptions, { store, lines }: Sources): Promise<BudgetReport> {
  const slot = await slotOf(options, store)
  const term = termOf(options, slot)
  const named = lines && { named: lines.map(({ author }) => author) }
  const reach = await store.reach({ ...slot, term, authors: named ?? { first: options.authors } })
  const { costs, unknown } = costsOf(options, { reach, lines })
  const costOf = ({ author_id }: { readonly author_id: string }) => costs.get(author_id)
  const { candidates, typicalFollowers } = toCandidates({ ...reach, costOf, seenShare: options.seen })
  const { totalCents, mostPerAuthorCents } = options
  const cheapest = Math.min(...candidates.map(({ costCents }) => costCents))
  if (cheapest > Math.min(totalCents, mostPerAuthorCents))
    throw new ConfigError(tooLittle(options, { cheapest, term }))
  const allocation = allocate(candidates, { totalCents, mostPerAuthorCents, leastReach: LEAST_REACH })
  return budgetReport({ options, slot, term, reach, allocation, typicalFollowers, unknown })
}

/** A post that adds less than one expected reader is money for nobody. */
const LEAST_REACH = 1

async function slotOf({ slotEnd, windowHours }: BudgetOptions, store: Store): Promise<PublishedSlot> {
  const slot = await store.publishedSlot({ slotEnd, windowHours })
  if (slot !== undefined && slot.terms.length > 0) return slot
  const wanted = [slotEnd && `of ${isoSeconds(slotEnd)}`, windowHours && `with a window of ${windowHours} h`]
  const which = ['no slot', ...wanted.filter(Boolean)].join(' ')
  throw new ConfigError(
    slot
      ? 'the slot holds no author; choose another by --slot'
      : `${which} is published; run \`ripplerank score\` first`,
  )
}

const NAMED_TERMS = 10

function termOf({ term }: BudgetOptions, { terms }: PublishedSlot): string {
  const [only] = terms
  if (term === undefined && terms.length === 1 && only !== undefined) return only
  if (term !== undefined && terms.includes(term)) return term
  const known = `${terms.slice(0, NAMED_TERMS).join(', ')}${terms.length > NAMED_TERMS ? ', ...' : ''}`
  throw new ConfigError(
    term === undefined
      ? `the slot has several terms; name one by --term: ${known}`
      : `--term ${term} is not in the slot, which has ${known}`,
  )
}

interface Costs {
  /** Of one post in cents, by author id. */
  readonly costs: ReadonlyMap<string, number>
  /** Authors without a price, or prices without an author of the slot. */
  readonly unknown: readonly string[]
}

function costsOf(
  { costModel }: BudgetOptions,
  { reach: { authors }, lines }: { readonly reach: Reach; readonly lines: readonly CostLine[] | undefined },
): Costs {
  if (lines) return costsOfFile(authors, lines)
  const costs = new Map<string, number>()
  for (const { author_id, followers } of authors) {
    const cost = modelledCost(costModel, followers)
    if (cost !== undefined) costs.set(author_id, cost)
  }
  const priceless = authors.filter(({ author_id }) => !costs.has(author_id))
  return { costs, unknown: priceless.map(({ author_id, screen_name }) => screen_name ?? author_id) }
}

function costsOfFile(authors: Reach['authors'], lines: readonly CostLine[]): Costs {
  const byId = new Map(authors.map((author) => [author.author_id, author]))
  const byName = Map.groupBy(authors, ({ screen_name }) => screen_name?.toLowerCase())
  const costs = new Map<string, number>()
  const lineOf = new Map<string, number>()
  const unknown: string[] = []
  const problems: string[] = []
  for (const { author, costCents, line } of lines) {
    const id = byId.get(author)
    const found = id ? [id] : (byName.get(author.toLowerCase()) ?? [])
    const [{ author_id } = { author_id: undefined }] = found
    if (found.length > 1) problems.push(`--costs, line ${line}: several authors go by ${author}; give an id`)
    else if (author_id === undefined) unknown.push(author)
    else if (lineOf.has(author_id))
      problems.push(`--costs, line ${line}: ${author} has a cost in line ${lineOf.get(author_id)} already`)
    else {
      costs.set(author_id, costCents)
      lineOf.set(author_id, line)
    }
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return { costs, unknown }
}

function tooLittle(
  { totalCents, mostPerAuthorCents }: BudgetOptions,
  { cheapest, term }: { readonly cheapest: number; readonly term: string },
): string {
  if (!Number.isFinite(cheapest))
    return `none of the authors with a cost is in the slot under the term ${term}`
  const flag = mostPerAuthorCents < totalCents ? '--max-per-author' : '--total'
  return `${flag} ${money(Math.min(totalCents, mostPerAuthorCents))} buys no post; the cheapest costs ${money(cheapest)}`
}

const money = (cents: number): string => (cents / 100).toFixed(2)
