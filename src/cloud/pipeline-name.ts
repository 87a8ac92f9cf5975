import { createHash } from 'node:crypto'

/** What the parts of a term's pipeline are called; they follow from the term alone. */
export interface PipelineName {
  readonly term: string
  /** Of the delivery stream: `ripplerank-photo-of-the-day-8f3b0d21c5a97e64`, at most 48 characters. */
  readonly stream: string
  /** Where its objects go in the bucket, before the hour's folders; ends with `/`. */
  readonly prefix: string
  /** Where Firehose puts what it could not process; ends with `/`. */
  readonly errorPrefix: string
  /** Where Firehose says what went wrong. */
  readonly logGroup: string
  readonly logStream: string
}

/** What the names of all parts begin with. */
export const NAME_PREFIX = 'ripplerank-'
/** Where all pipelines of a bucket put their objects, and what could not be processed. */
export const DATA_PREFIXES = { raw: 'raw/', errors: 'errors/' } as const

const MOST_SLUG_CHARACTERS = 20
const HASH_DIGITS = 16 // 64 bits: a million terms share a name with a chance of 1 in 37 million

/**
 * Names the pipeline of a search term: readable by a slug, distinct by a hash. Terms that differ in upper and lower case or in
 * spaces within are different terms; spaces around are not part of a term, and composed and decomposed characters are the same.
 */
export function pipelineName(text: string): PipelineName {
  const term = text.toWellFormed().normalize('NFC').trim()
  const hash = createHash('sha256').update(term).digest('hex').slice(0, HASH_DIGITS)
  const id = [slugOf(term), hash].filter(Boolean).join('-')
  const stream = `${NAME_PREFIX}${id}`
  return {
    term,
    stream,
    prefix: `${DATA_PREFIXES.raw}${id}/`,
    errorPrefix: `${DATA_PREFIXES.errors}${id}/`,
    logGroup: `/aws/kinesisfirehose/${stream}`,
    logStream: 'DestinationDelivery',
  }
}

/** IAM has no regions, so two pipelines of one term have roles of their own; at most 64 characters. */
export const roleName = ({ stream }: PipelineName, region: string): string => `${stream}-${region}`

/** @example slugOf('Photo of the Day') // 'photo-of-the-day' */
function slugOf(term: string): string {
  const plain = term.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const slug = plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')
  return slug.slice(0, MOST_SLUG_CHARACTERS).replace(/-$/, '')
}
