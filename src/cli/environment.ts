import { z } from 'zod'

import { checked } from './checked.ts'

// A variable that is set to nothing is not set.
const text = z
  .string()
  .trim()
  .optional()
  .transform((value) => value || undefined)

const sparkRemote = text.refine((value) => value === undefined || isSparkRemote(value), {
  // The value stays out of the sentence: it may hold a token.
  error: 'SPARK_REMOTE is not a Spark Connect address; write it as sc://host:15002/;token=...',
})

const SHORTEST_TOKEN = 24

const schema = z.object({
  SPARK_REMOTE: sparkRemote,
  DATABASE_URL: text,
  AWS_ACCESS_KEY_ID: text,
  AWS_SECRET_ACCESS_KEY: text,
  AWS_SESSION_TOKEN: text,
  AWS_REGION: text,
  AWS_DEFAULT_REGION: text,
  AWS_ENDPOINT_URL: text,
  AWS_ENDPOINT_URL_S3: text,
  AWS_ENDPOINT_URL_FIREHOSE: text,
  AWS_ENDPOINT_URL_IAM: text,
  AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: text,
  AWS_ENDPOINT_URL_EMR: text,
  AWS_ENDPOINT_URL_SCHEDULER: text,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: text,
  AWS_ENDPOINT_URL_SQS: text,
  AWS_ENDPOINT_URL_STS: text,
  RIPPLERANK_LAKE: text,
  RIPPLERANK_CLUSTER: text,
  RIPPLERANK_DATABASE_SECRET: text,
  RIPPLERANK_BUCKET: text,
  RIPPLERANK_TOKEN: text.refine((value) => value === undefined || value.length >= SHORTEST_TOKEN, {
    error: `RIPPLERANK_TOKEN has fewer than ${SHORTEST_TOKEN} letters; make one by \`openssl rand -hex 32\``,
  }),
  X_BEARER_TOKEN: text,
})

/** The variables that Ripplerank knows, checked, and `all` of them for the processes that it starts. */
export type Environment = z.infer<typeof schema> & { readonly all: NodeJS.ProcessEnv }

/**
 * Reads the environment; nothing else in the program does.
 * @throws ConfigError naming the variable that cannot be used, never its value
 */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  return { ...checked(schema.safeParse(variables)), all: variables }
}

function isSparkRemote(value: string): boolean {
  const port = /^sc:\/\/(?:\[[0-9a-f:]+\]|[^/:;?#\s]+)(?::(\d{1,5}))?(?:\/(?:;[^=;]+=[^;]*)*;?)?$/i.exec(
    value,
  )
  return port !== null && Number(port[1] ?? 1) >= 1 && Number(port[1] ?? 1) <= 65_535
}
