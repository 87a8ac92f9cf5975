import { LOCAL_ACCOUNT } from './account.ts'
import { startHttpServer, type HttpServer } from './aws/http-server.ts'
import { jsonService } from './aws/json-service.ts'
import type { Clock } from './clock.ts'
import { logGroupOperations } from './logs/log-group-operations.ts'

interface LogsOptions {
  readonly clock: Clock
  readonly region: string
}

/**
 * Starts a CloudWatch Logs on loopback that knows log groups and streams, but no events; they are in memory and end with it.
 * @returns its `endpoint` is for AWS_ENDPOINT_URL_CLOUDWATCH_LOGS
 */
export function startLogs({ clock, region }: LogsOptions): Promise<HttpServer> {
  const operations = logGroupOperations({ nowMs: clock.nowMs, region, account: LOCAL_ACCOUNT })
  return startHttpServer(jsonService('Logs_20140328', operations))
}
