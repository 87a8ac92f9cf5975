import type { Amplifier, Mood } from '../store/reading/author-details.ts'
import type { PublishedRun } from '../store/reading/published-slots.ts'
import type { InfluenceCounts, ScoredAuthor } from '../store/reading/ranking.ts'
import type { Reader } from '../store/reading/reader.ts'
import type { ScoreKey } from '../store/reading/slot-key.ts'
import type { Country, MethodFigures, Topic } from '../store/reading/term-figures.ts'
import { remembered } from './remembered.ts'

/** An author at their place in a ranking. */
export interface RankedAuthor extends ScoredAuthor {
  readonly rank: number
  /** ISO 3166-1 alpha-2, of the location in the profile; null where that names none. */
  readonly country: string | null
}

/** The beginning of a ranking. */
export interface Ranking {
  readonly authors: readonly RankedAuthor[]
  readonly byId: ReadonlyMap<string, RankedAuthor>
}

/** One term in one published slot. */
export interface TermInSlot {
  readonly key: ScoreKey
  readonly run: PublishedRun
}

/** How much of a ranking is kept in memory, to be filtered and sorted there. */
export const RANKING_LENGTH = 10_000

const RANKINGS_KEPT = 12
const OTHERS_KEPT = 200
const SLOTS_LISTED = 600 // two days of three windows
const SLOTS_KEPT_MS = 1_000

/**
 * What is published, each thing read once a batch: a batch's rows never change, and a slot that is published again has
 * another batch.
 */
export class Snapshots {
  readonly #reader: Reader
  readonly #now: () => number
  readonly #terms = remembered<readonly string[]>(OTHERS_KEPT)
  readonly #rankings = remembered<Ranking>(RANKINGS_KEPT)
  readonly #figures = remembered<readonly MethodFigures[]>(OTHERS_KEPT)
  readonly #topics = remembered<readonly Topic[]>(OTHERS_KEPT)
  readonly #countries = remembered<readonly Country[]>(OTHERS_KEPT)
  readonly #moods = remembered<Mood | undefined>(OTHERS_KEPT)
  readonly #derived = remembered<unknown>(OTHERS_KEPT)
  #slots: { readonly runs: Promise<readonly PublishedRun[]>; readonly untilMs: number } | undefined

  constructor(reader: Reader, now: () => number = Date.now) {
    this.#reader = reader
    this.#now = now
  }

  /** The newest published slots, not older than a second. */
  runs(): Promise<readonly PublishedRun[]> {
    if (this.#slots === undefined || this.#slots.untilMs <= this.#now()) {
      const runs = this.#reader.publishedSlots({ limit: SLOTS_LISTED })
      this.#slots = { runs, untilMs: this.#now() + SLOTS_KEPT_MS }
      runs.catch(() => (this.#slots = undefined))
    }
    return this.#slots.runs
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
      const locations = [...new Set(scored.flatMap(({ location }) => location ?? []))]
      const countries = await this.#reader.countriesOfLocations(locations)
      const authors = scored.map((author, index): RankedAuthor => ({
        ...author,
        rank: index + 1,
        country: countries.get(author.location ?? '') ?? null,
      }))
      return { authors, byId: new Map(authors.map((author) => [author.author_id, author])) }
    })
  }

  /** What the authors of a term add up to. */
  figures(at: TermInSlot): Promise<readonly MethodFigures[]> {
    return this.#figures(nameOf(at), () => this.#reader.methodFigures(at.key))
  }

  /** How many authors have which influence. */
  influenceCounts(at: TermInSlot): Promise<InfluenceCounts> {
    return this.derived(at, 'influence counts', () => this.#reader.influenceCounts(at.key))
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

  /** What is computed of a term's rows, once a batch and name. */
  async derived<Value>(at: TermInSlot, name: string, make: () => Promise<Value>): Promise<Value> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a name stands for one computation
    return (await this.#derived(`${name} of ${nameOf(at)}`, make)) as Value
  }
}

const nameOf = ({ key, run }: TermInSlot): string => `${run.edition} ${key.term}`
