import { t, type Column, type ColumnsOf } from 'spark-connect-js'
import {
  bitwiseNot,
  concat,
  lit,
  nullif,
  round,
  shiftrightunsigned,
  substring,
  trim,
  when,
  xxhash64,
} from 'spark-connect-js/functions'
import type { Observation } from '../../schema/observation.ts'

type Whereabouts = Pick<
  ColumnsOf<typeof Observation>,
  'latitude' | 'longitude' | 'place_country' | 'author_location'
>

const CELL_DECIMALS = 1 // tenths of a degree, some 11 km: few cells, and finer than most borders are certain
const LONGEST_LOCATION = 255 // what the store holds

/** What a record says best about where its author is: the coordinates, else the place's country, else the profile. */
export const placeName = (c: Whereabouts) => {
  const hasCoordinates = c.latitude.isNotNull().and(c.longitude.isNotNull())
  const location = nullif(substring(trim(c.author_location), 1, LONGEST_LOCATION), '')
  const way = when(hasCoordinates, 'coordinates')
    .when(c.place_country.isNotNull(), 'place')
    .when(location.isNotNull(), 'location')
  const place = when(hasCoordinates, concat(tenths(c.latitude), ',', tenths(c.longitude)))
    .when(c.place_country.isNotNull(), c.place_country)
    .otherwise(location)
  return { way, place, place_key: placeKey(way, place) }
}

// Adding 0 turns -0 into 0, which would be a cell of its own.
const tenths = (degrees: Column<typeof t.double.nullable>) =>
  round(degrees, CELL_DECIMALS).plus(0).cast(t.string)

const HASH_RANGE = 2n ** 62n

/**
 * A key of 64 bits. Of several sightings of one tweet the greatest key is the one that says most: coordinates lie above
 * places, and locations below zero.
 */
const placeKey = (way: Column<typeof t.string.nullable>, place: Column<typeof t.string.nullable>) => {
  const hash = shiftrightunsigned(xxhash64(place), 2)
  return when(way.eq('coordinates'), hash.plus(lit(HASH_RANGE)))
    .when(way.eq('place'), hash)
    .when(way.eq('location'), bitwiseNot(hash))
}
