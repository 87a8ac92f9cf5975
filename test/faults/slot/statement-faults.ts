import { StatementProxy, type StatementFault } from './statement-proxy.ts'

/** Starts a proxy before the server of a database. */
export const proxyBefore = (databaseUrl: string): Promise<StatementProxy> =>
  StatementProxy.start(Number(new URL(databaseUrl).port))

/** A statement that begins so, and holds the rest. */
export const stating =
  (start: string, ...rest: readonly string[]): StatementFault['at'] =>
  ({ sql }) =>
    sql.trimStart().toLowerCase().startsWith(start.toLowerCase()) && rest.every((part) => sql.includes(part))

/** The end of a transaction that has said such a thing. */
export const committing =
  (said: RegExp): StatementFault['at'] =>
  ({ sql, earlier }) =>
    /^commit/i.test(sql) && earlier.some((one) => said.test(one))
