/** What went wrong at the database, in words that a caller can act on. */
export type StoreErrorCode =
  | 'bad_url'
  | 'unreachable'
  | 'access_denied'
  | 'unknown_database'
  | 'insecure'
  | 'not_migrated'
  | 'mismatch'
  | 'conflict'
  | 'held'
  | 'not_published'
  | 'invalid_row'
  | 'refused'

interface StoreErrorOptions {
  readonly code: StoreErrorCode
  readonly cause?: unknown
  readonly isTransient?: boolean
}

interface Diagnosis {
  readonly code: StoreErrorCode
  readonly isTransient: boolean
  readonly sentence: (place: string, detail: string) => string
}

/** Any trouble with the database. The message names the culprit and the way out, and never holds a password. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode
  /** True where the same call may succeed a moment later without anybody's doing. */
  readonly isTransient: boolean

  constructor(message: string, options: StoreErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = options.code
    this.isTransient = options.isTransient ?? false
  }

  /**
   * Turns whatever a driver threw into a StoreError; one that is a StoreError already comes back as it is.
   * @param place names the database in the sentence, such as `127.0.0.1:3306/ripplerank`
   */
  static from(error: unknown, place = 'the database'): StoreError {
    if (error instanceof StoreError) return error
    const { code, isTransient, sentence } = diagnosisOf(driverCode(error))
    return new StoreError(sentence(place, detailOf(error)), { code, isTransient, cause: error })
  }
}

const unreachable: Diagnosis = {
  code: 'unreachable',
  isTransient: true,
  sentence: (place, detail) =>
    `no database answers at ${place} (${detail}); start it or correct host and port in DATABASE_URL`,
}
const unknownHost: Diagnosis = { ...unreachable, isTransient: false }
const accessDenied: Diagnosis = {
  code: 'access_denied',
  isTransient: false,
  sentence: (place, detail) =>
    `the database at ${place} does not let this user in (${detail}); correct user and password in DATABASE_URL, or grant the rights`,
}
const noToken: Diagnosis = {
  code: 'access_denied',
  isTransient: false,
  sentence: (place, detail) =>
    `there is no token for ${place} (${detail}); correct the credentials and the region of AWS, or name a user with a password in DATABASE_URL`,
}
const unknownDatabase: Diagnosis = {
  code: 'unknown_database',
  isTransient: false,
  sentence: (place, detail) => `${detail} at ${place}; create it or correct the name in DATABASE_URL`,
}
const insecure: Diagnosis = {
  code: 'insecure',
  isTransient: false,
  sentence: (place, detail) =>
    `no secure connection to ${place} (${detail}); correct ssl-mode or ssl-ca in DATABASE_URL`,
}
const notMigrated: Diagnosis = {
  code: 'not_migrated',
  isTransient: false,
  sentence: (place, detail) => `${detail} at ${place}; run \`ripplerank store migrate\` first`,
}
const conflict: Diagnosis = {
  code: 'conflict',
  isTransient: true,
  sentence: (place, detail) =>
    `another run holds the same rows at ${place} (${detail}); wait for it to end and run again`,
}
const invalidRow: Diagnosis = {
  code: 'invalid_row',
  isTransient: false,
  sentence: (place, detail) =>
    `a row does not fit its table at ${place} (${detail}); nothing was published, so look at the value that the message names`,
}
const refused: Diagnosis = {
  code: 'refused',
  isTransient: false,
  sentence: (place, detail) => `the database at ${place} refused: ${detail}; nothing was published`,
}

// Names by mysql2: Node's own for the socket, the server's for SQL (MySQL's and MariaDB's differ for CHECK).
const diagnoses: Readonly<Record<string, Diagnosis>> = {
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  EPIPE: unreachable,
  ETIMEDOUT: unreachable,
  EAI_AGAIN: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  PROTOCOL_CONNECTION_LOST: unreachable,
  PROTOCOL_SEQUENCE_TIMEOUT: unreachable,
  ER_SERVER_SHUTDOWN: unreachable,
  ER_CON_COUNT_ERROR: unreachable,
  ENOTFOUND: unknownHost,
  ER_ACCESS_DENIED_ERROR: accessDenied,
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: accessDenied,
  ER_DBACCESS_DENIED_ERROR: accessDenied,
  ER_TABLEACCESS_DENIED_ERROR: accessDenied,
  ER_COLUMNACCESS_DENIED_ERROR: accessDenied,
  ER_HOST_NOT_PRIVILEGED: accessDenied,
  AUTH_SWITCH_PLUGIN_ERROR: noToken, // mysql2's word for whatever the maker of tokens threw
  ER_BAD_DB_ERROR: unknownDatabase,
  HANDSHAKE_NO_SSL_SUPPORT: insecure,
  HANDSHAKE_SSL_ERROR: insecure,
  ER_NO_SUCH_TABLE: notMigrated,
  ER_BAD_FIELD_ERROR: notMigrated,
  ER_LOCK_DEADLOCK: conflict,
  ER_LOCK_WAIT_TIMEOUT: conflict,
  ER_CHECK_CONSTRAINT_VIOLATED: invalidRow,
  ER_CONSTRAINT_FAILED: invalidRow,
  ER_BAD_NULL_ERROR: invalidRow,
  ER_DUP_ENTRY: invalidRow,
  ER_DATA_TOO_LONG: invalidRow,
  ER_WARN_DATA_OUT_OF_RANGE: invalidRow,
}

const CHECK_FAILED_IN_MARIADB = 4025 // mysql2 knows MySQL's numbers only and calls this one by another name

function diagnosisOf(code: string): Diagnosis {
  return diagnoses[code] ?? (/^(ERR_TLS|ERR_SSL|CERT_|.*_CERT)/.test(code) ? insecure : refused)
}

function driverCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('errno' in error && error.errno === CHECK_FAILED_IN_MARIADB) return 'ER_CONSTRAINT_FAILED'
  if ('code' in error && typeof error.code === 'string') return error.code
  // mysql2's word for a connection that had broken before, as where Kysely would roll back what a lost answer ended.
  return 'fatal' in error && error.fatal === true ? 'PROTOCOL_CONNECTION_LOST' : ''
}

/** A name such as `localhost` with two addresses fails with an AggregateError, whose own message is empty. */
function detailOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(detailOf).join(', ')
  const message = error instanceof Error ? error.message : String(error)
  return (message || driverCode(error) || 'no reason given').replaceAll(/\s+/g, ' ').trim()
}
