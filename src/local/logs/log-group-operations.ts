import { z } from 'zod'
import { AwsError } from '../aws/aws-error.ts'
import { checked } from '../aws/checked.ts'
import type { JsonOperations } from '../aws/json-service.ts'

interface LogGroup {
  readonly createdAtMs: number
  readonly streams: Map<string, number> // made at, by name
  retentionDays: number | undefined
}

interface Account {
  readonly nowMs: () => number
  readonly region: string
  readonly account: string
}

const MOST_LISTED = 50

const Group = z.object({ logGroupName: z.string().regex(/^[.\-_/#A-Za-z0-9]{1,512}$/) })
const requests = {
  stream: Group.extend({ logStreamName: z.string().regex(/^[^:*]{1,512}$/) }),
  retention: Group.extend({ retentionInDays: z.int().min(1) }),
  groups: z.object({ logGroupNamePrefix: z.string().default('') }),
  streams: Group.extend({ logStreamNamePrefix: z.string().default('') }),
}

/** The operations on log groups and their streams. Lists end after 50, without a token for the rest. */
export function logGroupOperations({ nowMs, region, account }: Account): JsonOperations {
  const groups = new Map<string, LogGroup>()
  const arnOf = (group: string): string => `arn:aws:logs:${region}:${account}:log-group:${group}`
  const find = (name: string): LogGroup => {
    const group = groups.get(name)
    if (group !== undefined) return group
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.')
  }
  return {
    CreateLogGroup: (input) => {
      const { logGroupName } = checked(Group, input)
      if (groups.has(logGroupName)) throw alreadyExists('group')
      groups.set(logGroupName, { createdAtMs: nowMs(), streams: new Map(), retentionDays: undefined })
    },
    DeleteLogGroup: (input) => {
      const { logGroupName } = checked(Group, input)
      find(logGroupName)
      groups.delete(logGroupName)
    },
    DescribeLogGroups: (input) => {
      const { logGroupNamePrefix: prefix } = checked(requests.groups, input)
      const found = [...groups].filter(([name]) => name.startsWith(prefix)).slice(0, MOST_LISTED)
      return {
        logGroups: found.map(([logGroupName, { createdAtMs, retentionDays }]) => ({
          logGroupName,
          creationTime: createdAtMs,
          retentionInDays: retentionDays,
          arn: `${arnOf(logGroupName)}:*`,
        })),
      }
    },
    PutRetentionPolicy: (input) => {
      const { logGroupName, retentionInDays } = checked(requests.retention, input)
      find(logGroupName).retentionDays = retentionInDays
    },
    CreateLogStream: (input) => {
      const { logGroupName, logStreamName } = checked(requests.stream, input)
      const { streams } = find(logGroupName)
      if (streams.has(logStreamName)) throw alreadyExists('stream')
      streams.set(logStreamName, nowMs())
    },
    DescribeLogStreams: (input) => {
      const { logGroupName, logStreamNamePrefix: prefix } = checked(requests.streams, input)
      const found = [...find(logGroupName).streams]
        .filter(([name]) => name.startsWith(prefix))
        .slice(0, MOST_LISTED)
      return {
        logStreams: found.map(([logStreamName, creationTime]) => ({
          logStreamName,
          creationTime,
          arn: `${arnOf(logGroupName)}:log-stream:${logStreamName}`,
        })),
      }
    },
  }
}

function alreadyExists(kind: 'group' | 'stream'): AwsError {
  return new AwsError('ResourceAlreadyExistsException', `The specified log ${kind} already exists`)
}
