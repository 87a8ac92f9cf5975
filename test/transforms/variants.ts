import type { Observation } from '../../src/schema/observation.ts'
import type { RowJson } from './cascade-frames.ts'

type Sighting = RowJson<typeof Observation>

const IDS = ['tweet_id', 'author_id', 'root_id', 'root_author_id', 'parent_id', 'parent_author_id'] as const

const renamed = (id: unknown): string | null => (typeof id === 'string' ? `9${id}` : null)

/** What must not matter, each as a change of the sightings. */
const VARIANTS: Readonly<Record<string, (sightings: readonly Sighting[]) => readonly Sighting[]>> = {
  'as it was': (sightings) => sightings,
  'read backwards': (sightings) => sightings.toReversed(),
  'seen three times': (sightings) => [...sightings, ...sightings.toReversed(), ...sightings],
  'under other ids': (sightings) =>
    sightings.map((sighting) => ({
      ...sighting,
      ...Object.fromEntries(IDS.map((name) => [name, renamed(sighting[name])])),
    })),
}

/** The sightings as they were, read backwards, seen three times and under other ids: each under a term of that name. */
export const variantsOf = (sightings: readonly Sighting[]): readonly Sighting[] =>
  Object.entries(VARIANTS).flatMap(([term, change]) =>
    change(sightings).map((sighting) => ({ ...sighting, term })),
  )
