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
  /** As `sparkRemote`, in a session that tests of transforms share: Spark compiles its code anew for each session. */
  readonly transformSession: string
  /** All of it as the variables that the command line reads. */
  readonly variables: Readonly<Record<string, string>>
  /** The same, in a session that whole runs share. */
  readonly runVariables: Readonly<Record<string, string>>
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
  const inSession = (number: number): string =>
    `${value('SPARK_REMOTE')};session_id=5e551011-0000-4000-8000-00000000000${number}`
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
    transformSession: inSession(1),
    variables,
    runVariables: { ...variables, SPARK_REMOTE: inSession(2) },
  }
}
