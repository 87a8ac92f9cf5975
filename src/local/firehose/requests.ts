import { z } from 'zod'

const StreamName = z.string().regex(/^[a-zA-Z0-9_.-]{1,64}$/)
const TagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@%]*$/u
const TagKey = z
  .string()
  .min(1)
  .max(128)
  .regex(TagText)
  .refine((key) => !/^aws:/i.test(key))
const Tag = z.object({ Key: TagKey, Value: z.string().max(256).regex(TagText).optional() })
const Tags = z.array(Tag).max(50)

// Expressions in prefixes are not for this local part: an hour's folders follow what is written.
const Prefix = z
  .string()
  .max(1024)
  .refine((prefix) => !prefix.includes('!{'), 'expressions in prefixes are not known here')
/** Firehose's own, where nothing is said. */
export const DEFAULT_HINTS = { SizeInMBs: 5, IntervalInSeconds: 300 } as const

const Parameter = z.object({ ParameterName: z.string(), ParameterValue: z.string() })

const destination = {
  RoleARN: z.string().regex(/^arn:[\w-]+:iam::\d{12}:role\/.+$/),
  BucketARN: z.string().regex(/^arn:[\w-]+:s3:::[\w.-]{1,255}$/),
  Prefix: Prefix.optional(),
  ErrorOutputPrefix: z.string().max(1024).optional(),
  BufferingHints: z
    .object({
      SizeInMBs: z.int().min(1).max(128).default(DEFAULT_HINTS.SizeInMBs),
      IntervalInSeconds: z.int().min(0).max(900).default(DEFAULT_HINTS.IntervalInSeconds),
    })
    .optional(),
  CompressionFormat: z.enum(['UNCOMPRESSED', 'GZIP']).optional(),
  EncryptionConfiguration: z.looseObject({}).optional(),
  CloudWatchLoggingOptions: z
    .object({
      Enabled: z.boolean().optional(),
      LogGroupName: z.string().optional(),
      LogStreamName: z.string().optional(),
    })
    .optional(),
  ProcessingConfiguration: z
    .object({
      Enabled: z.boolean().optional(),
      Processors: z
        .array(
          z.object({ Type: z.literal('AppendDelimiterToRecord'), Parameters: z.array(Parameter).optional() }),
        )
        .optional(),
    })
    .optional(),
}

const DestinationUpdate = z.object({
  ...destination,
  RoleARN: destination.RoleARN.optional(),
  BucketARN: destination.BucketARN.optional(),
})
const Encryption = z.object({
  KeyType: z.enum(['AWS_OWNED_CMK', 'CUSTOMER_MANAGED_CMK']),
  KeyARN: z.string().optional(),
})
const Named = z.object({ DeliveryStreamName: StreamName })

export type Destination = z.infer<z.ZodObject<typeof destination>>
export type Encryption = z.infer<typeof Encryption>
export type Tag = z.infer<typeof Tag>

/** What each operation takes. Only streams that are put to directly, and only S3 as their destination. */
export const requests = {
  create: Named.extend({
    DeliveryStreamType: z.literal('DirectPut').optional(),
    DeliveryStreamEncryptionConfigurationInput: Encryption.optional(),
    ExtendedS3DestinationConfiguration: z.object(destination),
    Tags: Tags.optional(),
  }),
  describe: Named.extend({ Limit: z.int().min(1).max(10_000).optional() }),
  delete: Named.extend({ AllowForceDelete: z.boolean().optional() }),
  list: z.object({
    Limit: z.int().min(1).max(10_000).default(10),
    DeliveryStreamType: z.string().optional(),
    ExclusiveStartDeliveryStreamName: z.string().optional(),
  }),
  update: Named.extend({
    CurrentDeliveryStreamVersionId: z.string(),
    DestinationId: z.string(),
    ExtendedS3DestinationUpdate: DestinationUpdate,
  }),
  tag: Named.extend({ Tags: Tags.min(1) }),
  listTags: Named.extend({
    Limit: z.int().min(1).max(50).default(50),
    ExclusiveStartTagKey: z.string().optional(),
  }),
  untag: Named.extend({ TagKeys: z.array(z.string()).min(1).max(50) }),
  startEncryption: Named.extend({
    DeliveryStreamEncryptionConfigurationInput: Encryption.default({ KeyType: 'AWS_OWNED_CMK' }),
  }),
  stopEncryption: Named,
  put: Named.extend({ Record: z.object({ Data: z.string() }) }),
  putBatch: Named.extend({ Records: z.array(z.object({ Data: z.string() })).min(1) }),
}
