import { firstErrorOf } from './first-error.ts'

/** What the process says to its caller; scripts and schedulers depend on these. */
export const exitCode = {
  done: 0,
  failed: 1,
  badConfiguration: 2,
  slotHeld: 3,
  serviceUnavailable: 4,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

// By class and code: importing the classes would load every client before `--help` is printed.
const codesByError: Readonly<Record<string, Readonly<Record<string, ExitCode>>>> = {
  ConfigError: { invalid_configuration: exitCode.badConfiguration },
  BudgetError: { unusable: exitCode.badConfiguration },
  FollowsError: { bad_follows: exitCode.badConfiguration },
  CalibrationError: {
    no_cascade: exitCode.badConfiguration,
    no_follow: exitCode.badConfiguration,
    not_identified: exitCode.badConfiguration,
    not_converged: exitCode.badConfiguration,
  },
  StoreError: {
    bad_url: exitCode.badConfiguration,
    access_denied: exitCode.badConfiguration,
    unknown_database: exitCode.badConfiguration,
    insecure: exitCode.badConfiguration,
    not_migrated: exitCode.badConfiguration,
    not_published: exitCode.badConfiguration,
    conflict: exitCode.slotHeld,
    held: exitCode.slotHeld,
    unreachable: exitCode.serviceUnavailable,
  },
  LakeError: {
    not_found: exitCode.badConfiguration,
    access_denied: exitCode.badConfiguration,
    unreachable: exitCode.serviceUnavailable,
  },
  SparkConnectError: {
    INVALID_ARGUMENT: exitCode.badConfiguration,
    UNAUTHENTICATED: exitCode.badConfiguration,
    PERMISSION_DENIED: exitCode.badConfiguration,
    UNAVAILABLE: exitCode.serviceUnavailable,
    DEADLINE_EXCEEDED: exitCode.serviceUnavailable,
  },
  CloudError: {
    no_credentials: exitCode.badConfiguration,
    no_region: exitCode.badConfiguration,
    access_denied: exitCode.badConfiguration,
    conflict: exitCode.badConfiguration,
    unreachable: exitCode.serviceUnavailable,
    timeout: exitCode.serviceUnavailable,
  },
  SourceError: {
    bad_options: exitCode.badConfiguration,
    not_found: exitCode.badConfiguration,
    access_denied: exitCode.badConfiguration,
    unavailable: exitCode.serviceUnavailable,
  },
  CollectError: {
    stream_missing: exitCode.badConfiguration,
    stream_not_ready: exitCode.serviceUnavailable,
    refused: exitCode.badConfiguration,
    locked: exitCode.slotHeld,
  },
  LocalError: {
    runtime_missing: exitCode.badConfiguration,
    start_failed: exitCode.serviceUnavailable,
    start_timeout: exitCode.serviceUnavailable,
    lost: exitCode.serviceUnavailable,
  },
}

/** The exit code of a run that ended with this error. */
export function exitCodeOf(thrown: unknown): ExitCode {
  const error = firstErrorOf(thrown)
  if (!(error instanceof Error) || !('code' in error)) return exitCode.failed
  if (isLostSession(error)) return exitCode.serviceUnavailable
  // With an error class it is Spark's verdict on a query, which no configuration mends.
  if ('errorClass' in error && error.errorClass !== undefined) return exitCode.failed
  return codesByError[error.name]?.[String(error.code)] ?? exitCode.failed
}

/** Whether Spark was started anew, or has ended the session: what it kept for the run is gone. */
export const isLostSession = (error: Error): boolean =>
  'errorClass' in error && String(error.errorClass).startsWith('INVALID_HANDLE.SESSION_')
