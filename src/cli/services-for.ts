import type { EmbeddedService } from '../local/start-embedded.ts'

/** What scoring needs: S3 only where something lies there. */
export const servicesFor = (places: readonly string[]): readonly EmbeddedService[] =>
  places.some((place) => place.startsWith('s3://')) ? ['spark', 'mariadb', 's3'] : ['spark', 'mariadb']
