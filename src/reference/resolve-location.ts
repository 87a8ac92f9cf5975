import { countryAt } from './country-at.ts'
export const RESOLVER = 'ripplerank-1'
export function resolveLocation(text: string): string | null {
  return text === 'x' ? countryAt({ latitude: 0, longitude: 0 }) : null
}
