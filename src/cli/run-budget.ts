import { budgetCsv } from '../budget/budget-csv.ts'
import type { BudgetReport } from '../budget/budget-report.ts'
import type { CostLine } from '../budget/cost-lines.ts'
import { planBudget, type BudgetWords } from '../budget/plan-budget.ts'
import { isoSeconds } from '../jobs/slot.ts'
import { startEmbedded } from '../local/start-embedded.ts'
import type { PublishedSlot } from '../store/reach.ts'
import type { Store } from '../store/store.ts'
import type { BudgetOptions } from './budget-options.ts'
import { parseBudgetOptions } from './budget-options.ts'
import { budgetText } from './budget-text.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'
import { readCostFile } from './cost-file.ts'
import { openDatabase } from './database-access.ts'
import { readEnvironment } from './environment.ts'

/** Divides a sum between authors of a published slot and prints who gets what, and why. */
export async function runBudget(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseBudgetOptions(flags)
  const lines = options.costs === undefined ? undefined : await readCostFile(options.costs)
  const { all } = readEnvironment(context.variables)
  const { signal, stdout } = context
  await using embedded = await startEmbedded({ environment: all, services: ['mariadb'], signal })
  await using store = await openDatabase(embedded.environment['DATABASE_URL'] ?? '', context)
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
  const { totalCents, mostPerAuthorCents, costModel, isCostAssumed, seen: seenShare } = options
  const place = { slot: isoSeconds(slot.slotEnd), windowHours: slot.windowHours, term }
  const request = { ...place, totalCents, mostPerAuthorCents, costModel, isCostAssumed, seenShare }
  return planBudget({ request, words, ...reach, lines }).report
}

const words: BudgetWords = {
  total: '--total',
  mostPerAuthor: '--max-per-author',
  costs: '--costs',
  seen: '--seen',
  sayCosts: 'say what it costs by --costs, or --base and --per-follower',
}

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
