import { z } from 'zod'

const Variables = z.record(z.string(), z.string()).readonly()

/** The servers that one test run shares. Tests keep apart by databases, buckets' prefixes and folders of their own. */
export type TestServices = {
  /** `sc://127.0.0.1:PORT/;token=...` */
  readonly sparkRemote: string
  /** `mysql://user:password@127.0.0.1:PORT/ripplerank`; the account may create databases. */
  readonly databaseUrl: string
  readonly s3: {
    readonly endpoint: string
    readonly region: string
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly bucket: string
  }
  /** A folder that Spark can write to; gone after the run. */
  readonly lake: string
  /** All of it as the variables that the command line reads. */
  readonly variables: Readonly<Record<string, string>>
}

/**
 * The servers that global-setup.mjs started; it hands them over in RIPPLERANK_TEST_SERVICES, as JSON of their variables.
 * @throws Error outside a jest run
 */
export function testServices(): TestServices {
  const json = process.env['RIPPLERANK_TEST_SERVICES']
  if (json === undefined)
    throw new Error('RIPPLERANK_TEST_SERVICES is not set: run the tests by `npm run jest`')
  const variables = Variables.parse(JSON.parse(json))
  const value = (name: string): string => variables[name] ?? ''
  return {
    sparkRemote: value('SPARK_REMOTE'),
    databaseUrl: value('DATABASE_URL'),
    s3: {
      endpoint: value('AWS_ENDPOINT_URL_S3'),
      region: value('AWS_REGION'),
      accessKeyId: value('AWS_ACCESS_KEY_ID'),
      secretAccessKey: value('AWS_SECRET_ACCESS_KEY'),
      bucket: 'ripplerank',
    },
    lake: value('RIPPLERANK_LAKE'),
    variables,
  }
}
