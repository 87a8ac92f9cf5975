import { iso1A2Code } from '@rapideditor/country-coder'

/** A point on Earth, in degrees. */
export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** The country that a point lies in, ISO 3166-1 alpha-2 (XK is Kosovo); null at sea and where there is no such point. */
export function countryAt({ latitude, longitude }: Point): string | null {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null
  return iso1A2Code([longitude, latitude], { level: 'territory' })
}
