import type { Amplifier, Mood } from '../store/reading/author-details.ts'
import type { PublishedRun } from '../store/reading/published-slots.ts'
import type { ScoredAuthor } from '../store/reading/ranking.ts'
import type { Reader } from '../store/reading/reader.ts'
import type { ScoreKey } from '../store/reading/slot-key.ts'
import type { Country, MethodFigures, Topic } from '../store/reading/term-figures.ts'
import { editionOf, withDeletions } from './editions.ts'
import { searchTextOf } from './layout/people-text.ts'
import { remembered } from './remembered.ts'

/** An author with what is not a part of their score. */
export interface RankedAuthor extends ScoredAuthor {
  /** 1 is the highest influence of the term; equals share a rank. */
  readonly rank: number
  /** ISO 3166-1 alpha-2, of the location in the profile; null where that names none. */
  readonly country: string | null
  /** Both names without case and accents. */
  readonly searchedBy: string
}

/** The beginning of a ranking. */
export interface Ranking {
  readonly authors: readonly RankedAuthor[]
  readonly byId: ReadonlyMap<string, RankedAuthor>
  /** Whether there are more authors in the slot. */
  readonly isCut: boolean
}

/** What fits a query, in its order. */
export interface Selection<Row> {
  readonly found: readonly Row[]
  /** Whether more would fit. */
  readonly isCut: boolean
}

/** All slots that are published. */
interface Published {
  /** The newest ones; each with an edition that also changes when something was deleted. */
  readonly runs: readonly PublishedRun[]
  /** Changes with whatever is published or deleted. */
  readonly edition: string
}

/** One term in one published slot. */
export interface TermInSlot {
  readonly key: ScoreKey
  readonly run: PublishedRun
}

/** How much of a ranking is kept in memory, to be filtered and sorted there; of longer ones the database does that. */
export const RANKING_LENGTH = 10_000

const RANKINGS_KEPT = 12
const SELECTED_ROWS_KEPT = 500_000
const OTHERS_KEPT = 200
const SLOTS_LISTED = 600 // two days of three windows
const PUBLISHED_KEPT_MS = 1_000

/**
 * What is published, each thing read once an edition: its rows never change, and a slot that is published again, or
 * that something was deleted from, has another edition.
 */
export class Snapshots {
  readonly #reader: Reader
  readonly #now: () => number
  readonly #terms = remembered<readonly string[]>({ most: OTHERS_KEPT })
  readonly #rankings = remembered<Ranking>({ most: RANKINGS_KEPT })
  readonly #figures = remembered<readonly MethodFigures[]>({ most: OTHERS_KEPT })
  readonly #topics = remembered<readonly Topic[]>({ most: OTHERS_KEPT })
  readonly #countries = remembered<readonly Country[]>({ most: OTHERS_KEPT })
  readonly #moods = remembered<Mood | undefined>({ most: OTHERS_KEPT })
  readonly #selections = remembered<Selection<unknown>>({
    most: SELECTED_ROWS_KEPT,
    weightOf: ({ found }) => 1 + found.length,
  })
  readonly #derived = remembered<unknown>({ most: OTHERS_KEPT })
  #published: { readonly found: Promise<Published>; readonly untilMs: number } | undefined

  constructor(reader: Reader, now: () => number = Date.now) {
    this.#reader = reader
    this.#now = now
  }

  /** What is published, as it was at most a second ago. */
  published(): Promise<Published> {
    if (this.#published === undefined || this.#published.untilMs <= this.#now()) {
      const found = this.#readPublished()
      this.#published = { found, untilMs: this.#now() + PUBLISHED_KEPT_MS }
      found.catch(() => (this.#published = undefined))
    }
    return this.#published.found
  }

  async #readPublished(): Promise<Published> {
    const runs = await this.#slots({ limit: SLOTS_LISTED })
    return { runs, edition: editionOf(runs) }
  }

  /** The windows of one slot, however old it is. */
  slot(slotEnd: Date): Promise<readonly PublishedRun[]> {
    return this.#slots({ slotEnd, limit: 3 })
  }

  async #slots(query: Parameters<Reader['publishedSlots']>[0]): Promise<readonly PublishedRun[]> {
    // Deletions first: what is deleted after that is seen by who looks next.
    const deletions = await this.#reader.deletions()
    const runs = await this.#reader.publishedSlots(query)
    return withDeletions(runs, deletions, this.#now())
  }

  /** The terms of a slot. */
  terms(run: PublishedRun): Promise<readonly string[]> {
    return this.#terms(run.edition, () =>
      this.#reader.terms({ slotEnd: run.slot_end, windowHours: run.window_hours }),
    )
  }

  /** The first authors of a term. */
  ranking(at: TermInSlot): Promise<Ranking> {
    return this.#rankings(nameOf(at), async () => {
      const scored = await this.#reader.ranking(at.key, RANKING_LENGTH)
      const authors = await this.ranked(scored)
      const byId = new Map(authors.map((author) => [author.author_id, author]))
      return { authors, byId, isCut: authors.length === RANKING_LENGTH }
    })
  }

  /** Scores with the countries of their authors, in the same order. */
  async ranked(scored: readonly ScoredAuthor[]): Promise<readonly RankedAuthor[]> {
    const locations = [...new Set(scored.flatMap(({ location }) => location ?? []))]
    const countries = await this.#reader.countriesOfLocations(locations)
    return scored.map((author): RankedAuthor => ({
      ...author,
      rank: author.rank_in_term,
      country: countries.get(author.location ?? '') ?? null,
      searchedBy: searchTextOf(author),
    }))
  }

  /** What the authors of a term add up to. */
  figures(at: TermInSlot): Promise<readonly MethodFigures[]> {
    return this.#figures(nameOf(at), () => this.#reader.methodFigures(at.key))
  }

  topics(at: TermInSlot): Promise<readonly Topic[]> {
    return this.#topics(nameOf(at), () => this.#reader.topics(at.key))
  }

  countries(at: TermInSlot): Promise<readonly Country[]> {
    return this.#countries(nameOf(at), () => this.#reader.countries(at.key))
  }

  mood(at: TermInSlot): Promise<Mood | undefined> {
    return this.#moods(nameOf(at), () => this.#reader.mood(at.key))
  }

  amplifiers({ key }: TermInSlot, authorIds: readonly string[]): Promise<readonly Amplifier[]> {
    return this.#reader.amplifiers(key, authorIds)
  }

  /** What fits a query, by a name that tells it from others. */
  async selection<Row>(
    at: TermInSlot,
    name: string,
    make: () => Promise<Selection<Row>>,
  ): Promise<Selection<Row>> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a name stands for one kind of rows
    return (await this.#selections(`${name} of ${nameOf(at)}`, make)) as Selection<Row>
  }

  /** What is computed of a term's rows, once an edition and name. */
  async derived<Value>(at: TermInSlot, name: string, make: () => Promise<Value>): Promise<Value> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a name stands for one computation
    return (await this.#derived(`${name} of ${nameOf(at)}`, make)) as Value
  }
}

const nameOf = ({ key, run }: TermInSlot): string => `${run.edition} ${key.term}`
