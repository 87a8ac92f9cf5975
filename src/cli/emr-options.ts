import { z } from 'zod'

import { isRelease, RELEASES } from '../cloud/emr/cluster-settings.ts'
import { EMR_ROLES } from '../cloud/emr/emr-policy.ts'
import { isoSeconds } from '../jobs/slot.ts'
import { checked } from './checked.ts'
import { bucketName } from './pipeline-options.ts'
import { slot } from './score-options.ts'

const MINUTES_RANGE = '--idle-minutes takes a whole number from 1 to 10,080'
const whole = (flag: string, { from, to }: { readonly from: number; readonly to: number }) => {
  const range = `${flag} takes a whole number from ${from} to ${to}`
  return z.string().regex(/^\d+$/, range).transform(Number).pipe(z.number().min(from, range).max(to, range))
}
const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, '--name takes up to 40 small letters, digits and hyphens')
const cluster = z
  .string()
  .regex(/^j-[0-9A-Z]+$/, '--cluster takes the id of a cluster, as j-3ABCDEFGHIJKL')
  .optional()
const s3Place = (flag: string) =>
  z
    .string()
    .regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/|$)/, `${flag} is written as s3://bucket/prefix`)
const fixedSlot = slot.transform((moment, context): string => {
  if (moment !== 'auto') return isoSeconds(moment)
  context.addIssue({ code: 'custom', message: '--slot is the time of a quarter hour here, not auto' })
  return z.NEVER
})
const roleName = z
  .string()
  .regex(/^[\w+=,.@-]{1,64}$/, 'a role is given by its name: up to 64 letters, digits and +=,.@-_')
const windowName = z.enum(['24h', '7d', '30d'], { error: '--window is 24h, 7d or 30d' })
const output = { json: z.boolean().default(false), dryRun: z.boolean().default(false) }
const architecture = z.enum(['x64', 'arm64'], { error: '--architecture is x64 or arm64' })

const deploySchema = z.object({ bucket: bucketName, architecture, node: z.string().optional(), ...output })

const createSchema = z.object({
  name,
  bucket: bucketName,
  architecture,
  node: z.string().optional(),
  releaseLabel: z.string().refine(isRelease, {
    error: `--release-label is one of ${Object.keys(RELEASES).join(', ')}`,
  }),
  subnet: z.array(z.string().regex(/^subnet-\w+$/, '--subnet takes ids, as subnet-0a1b2c3d')).min(1),
  primaryType: z.string().optional(),
  coreType: z.string().optional(),
  coreNodes: whole('--core-nodes', { from: 1, to: 1000 }),
  taskTypes: z.array(z.string()).min(1).max(30).optional(),
  taskNodes: whole('--task-nodes', { from: 0, to: 1000 }),
  idleMinutes: z
    .string()
    .regex(/^\d+$/, MINUTES_RANGE)
    .transform(Number)
    .pipe(z.number().min(1, MINUTES_RANGE).max(10_080, MINUTES_RANGE)),
  createRoles: z.boolean().default(false),
  databaseSecret: z.string().min(1).optional(),
  databaseUser: z.string().min(1).optional(),
  serviceRole: roleName,
  nodeProfile: roleName,
  kmsKey: z.string().startsWith('arn:', '--kms-key takes the ARN of a key').optional(),
  price: z
    .array(z.string().regex(/^[\w.]+=\d+(\.\d+)?$/, '--price is written as m6i.xlarge=0.24'))
    .default([])
    .transform((all) => Object.fromEntries(all.map(pairOf))),
  wait: z.boolean().default(true),
  ...output,
})

function pairOf(text: string): readonly [string, number] {
  const [type = '', price] = text.split('=')
  return [type, Number(price)]
}

const whichSchema = z.object({ name, cluster, json: output.json })
const slotSchema = whichSchema.extend({ slot: fixedSlot })

const work = {
  input: z.array(s3Place('--input')).min(1),
  lake: s3Place('--lake').optional(),
  databaseSecret: z.string().min(1).optional(),
  term: z.string().trim().min(1).max(255).optional(),
}
const submitSchema = slotSchema.extend({
  ...work,
  window: windowName.optional(),
  again: z.boolean().default(false),
  wait: z.boolean().default(true),
})
const scheduleSchema = whichSchema.extend({
  ...work,
  window: z.array(windowName).min(1).optional(),
  catchUp: z
    .string()
    .regex(/^\d{1,3}$/, '--catch-up takes whole hours from 0 to 720')
    .optional(),
  createRoles: z.boolean().default(false),
  scheduleRole: roleName.optional(),
  role: z
    .string()
    .regex(/^arn:[\w-]+:iam::\d{12}:role\/\S+$/, '--role takes the ARN of a role')
    .optional(),
  deadLetterQueue: z
    .string()
    .regex(/^arn:[\w-]+:sqs:[\w-]+:\d{12}:\S+$/, '--dead-letter-queue takes the ARN of an SQS queue')
    .optional(),
})
const policySchema = z.object({
  for: z.enum(EMR_ROLES, { error: `--for is one of ${EMR_ROLES.join(', ')}` }),
  bucket: bucketName,
  trust: z.boolean().default(false),
  account: z
    .string()
    .regex(/^(\d{12}|\*)$/, '--account takes the 12 digits of an AWS account')
    .default('*'),
  databaseSecret: z.string().min(1).optional(),
  databaseUser: z.string().min(1).optional(),
})

export type ClusterOptions = z.output<typeof createSchema>
export type ScheduleOptions = z.output<typeof scheduleSchema>
export type WorkOptions = z.output<typeof submitSchema> | ScheduleOptions
export type WhichCluster = z.output<typeof whichSchema>

/** The flags of `emr ...`. Each throws ConfigError for what cannot be used. */
export const parseDeploy = parser(deploySchema)
export const parseCluster = parser(createSchema)
export const parseWhich = parser(whichSchema)
export const parseSlot = parser(slotSchema)
export const parseSubmit = parser(submitSchema)
export const parseSchedule = parser(scheduleSchema)
export const parsePolicy = parser(policySchema)

function parser<T extends z.ZodType>(schema: T) {
  return (flags: unknown): z.output<T> => checked(schema.safeParse(flags))
}
