import type { Kysely } from 'kysely'

import { connect } from '../connection.ts'
import { parseDatabaseUrl, placeOf } from '../database-url.ts'
import { StoreError } from '../store-error.ts'
import type { StoreOptions } from '../store.ts'
import type { Tables } from '../tables.ts'
import { readAmplifiers, readCascades, readMood } from './author-details.ts'
import { readDeletions } from './deletions.ts'
import { readCascadeHistory, readScoreHistory, readVolumeHistory } from './history.ts'
import { findAuthorIds, readCountriesOfLocations } from './people.ts'
import { readPublishedSlots, readTerms } from './published-slots.ts'
import { readRanking, readScores } from './ranking.ts'
import { readRejections, readRuns } from './runs.ts'
import { readSelection } from './selection.ts'
import { readCountriesOfTerm, readMethodFigures, readTopics } from './term-figures.ts'

const queries = {
  publishedSlots: readPublishedSlots,
  deletions: readDeletions,
  terms: readTerms,
  ranking: readRanking,
  scores: readScores,
  selection: readSelection,
  scoreHistory: readScoreHistory,
  cascadeHistory: readCascadeHistory,
  volumeHistory: readVolumeHistory,
  cascades: readCascades,
  amplifiers: readAmplifiers,
  mood: readMood,
  methodFigures: readMethodFigures,
  topics: readTopics,
  countries: readCountriesOfTerm,
  countriesOfLocations: readCountriesOfLocations,
  findAuthorIds,
  runs: readRuns,
  rejections: readRejections,
} as const

type Queries = typeof queries

type WithoutDatabase<Query> = Query extends (db: Kysely<Tables>, ...rest: infer Rest) => infer Result
  ? (...rest: Rest) => Result
  : never

/** All that is read for people. Each method throws StoreError; none writes, so a user who may only `select` will do. */
export type Reader = { readonly [Name in keyof Queries]: WithoutDatabase<Queries[Name]> }

/** A reader with a connection of its own. */
export type OpenReader = Reader & AsyncDisposable

/** The queries on one database. */
export function readerOf(db: Kysely<Tables>, place?: string): Reader {
  const bound = Object.entries(queries).map(([name, query]) => [
    name,
    async (...rest: readonly unknown[]): Promise<unknown> => {
      try {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `Reader` gives each name its own parameters
        return await (query as (db: Kysely<Tables>, ...rest: readonly unknown[]) => Promise<unknown>)(
          db,
          ...rest,
        )
      } catch (error) {
        throw StoreError.from(error, place)
      }
    },
  ])
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return Object.fromEntries(bound) as Reader
}

/**
 * Connects for reading only.
 * @throws StoreError as `openStore`
 */
export async function openReader({ url, tokenFor, signal }: StoreOptions): Promise<OpenReader> {
  const address = parseDatabaseUrl(url, tokenFor)
  const db = await connect(address, signal)
  return { ...readerOf(db, placeOf(address)), [Symbol.asyncDispose]: () => db.destroy() }
}
