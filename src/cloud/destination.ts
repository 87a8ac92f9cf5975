import type {
  ExtendedS3DestinationDescription,
  ExtendedS3DestinationUpdate,
  ProcessingConfiguration,
} from '@aws-sdk/client-firehose'
import { isDeepStrictEqual } from 'node:util'
import type { PipelineName } from './pipeline-name.ts'
import type { PipelineSettings } from './pipeline.ts'

export interface WantedDestination {
  readonly settings: PipelineSettings
  readonly name: PipelineName
  readonly roleArn: string
}

/** Written as in a program: a backslash and an n. */
const LINE_END = String.raw`\n`

/** Where and how a stream delivers, as Firehose takes it. */
export function wantedDestination({ settings, name, roleArn }: WantedDestination) {
  const [, partition = 'aws'] = roleArn.split(':')
  return {
    RoleARN: roleArn,
    BucketARN: `arn:${partition}:s3:::${settings.bucket}`,
    Prefix: name.prefix,
    ErrorOutputPrefix: name.errorPrefix,
    BufferingHints: { SizeInMBs: settings.bufferMebibytes, IntervalInSeconds: settings.bufferSeconds },
    CompressionFormat: settings.isCompressed ? 'GZIP' : 'UNCOMPRESSED',
    CloudWatchLoggingOptions: {
      Enabled: true,
      LogGroupName: name.logGroup,
      LogStreamName: name.logStream,
    },
    ProcessingConfiguration: {
      Enabled: true,
      Processors: [
        {
          Type: 'AppendDelimiterToRecord',
          Parameters: [{ ParameterName: 'Delimiter', ParameterValue: LINE_END }],
        },
      ],
    },
  } satisfies ExtendedS3DestinationUpdate
}

/** What differs between how a stream delivers and how it should, for people; empty where nothing does. */
export function differences(
  found: ExtendedS3DestinationDescription | undefined,
  wanted: ReturnType<typeof wantedDestination>,
): readonly string[] {
  const { CloudWatchLoggingOptions: log, BufferingHints: hints } = wanted
  const checks: readonly (readonly [boolean, string])[] = [
    [found?.RoleARN === wanted.RoleARN, `use the role ${wanted.RoleARN}`],
    [found?.BucketARN === wanted.BucketARN, `deliver to ${wanted.BucketARN}`],
    [found?.Prefix === wanted.Prefix, `deliver below ${wanted.Prefix}`],
    [found?.ErrorOutputPrefix === wanted.ErrorOutputPrefix, `put errors below ${wanted.ErrorOutputPrefix}`],
    [
      isDeepStrictEqual({ ...found?.BufferingHints }, hints),
      `buffer ${hints.IntervalInSeconds} s or ${hints.SizeInMBs} MiB`,
    ],
    [
      found?.CompressionFormat === wanted.CompressionFormat,
      wanted.CompressionFormat === 'GZIP' ? 'compress by gzip' : 'do not compress',
    ],
    [isDeepStrictEqual({ ...found?.CloudWatchLoggingOptions }, log), 'log errors'],
    [isDelimited(found?.ProcessingConfiguration), 'end each record with a line end'],
  ]
  return checks.flatMap(([isAsWanted, what]) => (isAsWanted ? [] : [what]))
}

/** AWS may add parameters of its own to a processor. */
function isDelimited({ Enabled, Processors = [] }: ProcessingConfiguration = {}): boolean {
  const processor = Processors.find(({ Type }) => Type === 'AppendDelimiterToRecord')
  const delimiter = processor?.Parameters?.find(({ ParameterName }) => ParameterName === 'Delimiter')
  return Enabled === true && delimiter?.ParameterValue === LINE_END
}
