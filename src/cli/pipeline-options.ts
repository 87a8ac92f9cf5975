import { z } from 'zod'

import { MOST_TERM_CHARACTERS } from '../cloud/term-tags.ts'
import { checked } from './checked.ts'
import { ConfigError } from './config-error.ts'
import type { Environment } from './environment.ts'

const term = z
  .string()
  .trim()
  .min(1, 'the search term is empty')
  .max(MOST_TERM_CHARACTERS, `the search term has more than ${MOST_TERM_CHARACTERS} characters`)
/** A bucket as a flag names it. */
export const bucketName = z
  .string()
  .regex(/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
    error: ({ input }) =>
      `--bucket ${String(input)} is no name of a bucket; it takes 3 to 63 small letters, digits, dots and hyphens`,
  })
  .optional()

const whole = ({ flag, from, to }: { readonly flag: string; readonly from: number; readonly to: number }) => {
  const range = `${flag} takes a whole number from ${from} to ${to}`
  return z.string().regex(/^\d+$/, range).transform(Number).pipe(z.number().min(from, range).max(to, range))
}

// Firehose's own limits for S3.
const createSchema = z.object({
  term,
  bucket: bucketName,
  bufferSeconds: whole({ flag: '--buffer-seconds', from: 0, to: 900 }),
  bufferMib: whole({ flag: '--buffer-mib', from: 1, to: 128 }),
  gzip: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  json: z.boolean().default(false),
})
const statusSchema = z.object({ term, json: z.boolean().default(false) })
const deleteSchema = z.object({
  term,
  bucket: bucketName,
  deleteData: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  json: z.boolean().default(false),
})
const policySchema = z.object({
  bucket: bucketName,
  account: z
    .string()
    .regex(/^(\d{12}|\*)$/, '--account takes the 12 digits of an AWS account')
    .default('*'),
})

/** The flags of `pipeline create`, `status`, `delete` and `policy`. Each throws ConfigError for what cannot be used. */
export const parseCreateOptions = parser(createSchema)
export const parseStatusOptions = parser(statusSchema)
export const parseDeleteOptions = parser(deleteSchema)
export const parsePolicyOptions = parser(policySchema)

function parser<T extends z.ZodType>(schema: T) {
  return (flags: unknown): z.output<T> => checked(schema.safeParse(flags))
}

const LOCAL_BUCKET = 'ripplerank' // the one that the embedded S3 has

/** The flag's, the variable's, or on an S3 of one's own the usual one; undefined on Amazon's, whose names are common to all. */
export function bucketOf(
  { bucket: flag }: { readonly bucket?: string | undefined },
  { RIPPLERANK_BUCKET, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL }: Environment,
): string | undefined {
  const ownS3 = AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL
  return flag ?? RIPPLERANK_BUCKET ?? (ownS3 === undefined ? undefined : LOCAL_BUCKET)
}

/** The same, where there must be one. @throws ConfigError */
export function requireBucket(
  flags: { readonly bucket?: string | undefined },
  environment: Environment,
): string {
  const bucket = bucketOf(flags, environment)
  if (bucket !== undefined) return bucket
  throw new ConfigError('--bucket is missing; name the S3 bucket, or set RIPPLERANK_BUCKET')
}
