import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

/** `ripplerank emr`: the flags; what they mean is checked in `emr-options.ts` and done in `run-emr-*.ts`. */
export function emrCommand(context: CommandContext): Command {
  const emr = new Command('emr')
    .summary('run on EMR: deploy, clusters, steps, the schedule')
    .description(
      'Runs Ripplerank on EMR: a cluster with Spark Connect on its primary node, and a step for each slot.',
    )
    .addHelpText('after', HELP)
  for (const command of [deployCommand, clusterCommand, stepCommand, scheduleCommand, policyCommand])
    emr.addCommand(command(context))
  return emr
}

const HELP = `
Examples:
  ripplerank emr cluster create --bucket our-tweets --subnet subnet-0a1b2c3d --create-roles --dry-run
  ripplerank emr step submit --slot 2026-01-02T03:15:00Z --input s3://our-tweets/raw/ --lake s3://our-tweets/silver/
  ripplerank emr schedule create --create-roles --input s3://our-tweets/raw/ --lake s3://our-tweets/silver/ --window 24h 7d

docs/operations.md leads from an AWS account to a running pipeline.`

const BUCKET = ['--bucket <name>', 'S3 bucket of the release and the logs (RIPPLERANK_BUCKET)'] as const
const NAME = ['--name <name>', 'tells the cluster and its schedule from others', 'main'] as const
const CLUSTER = ['--cluster <id>', 'the cluster by its id (RIPPLERANK_CLUSTER) instead of its name'] as const
const ARCHITECTURE = ['--architecture <name>', 'of the machines: x64 or arm64', 'x64'] as const
const NODE = ['--node <file>', 'a Node for these machines; by default the one that npm brings'] as const
const DRY_RUN = ['--dry-run', 'say what would be done, and do nothing'] as const
const JSON_OUTPUT = ['--json', 'print one JSON document'] as const
const CREATE_ROLES = [
  '--create-roles',
  'make the roles that are missing, and mend those that were made so',
] as const
const DATABASE_USER = [
  '--database-user <name>',
  'lets nodes log in as this user by IAM, without a password',
] as const
const SLOT = ['--slot <time>', 'end of the slot, a UTC quarter hour'] as const

function deployCommand(context: CommandContext): Command {
  return new Command('deploy')
    .summary('upload what a cluster installs')
    .description(
      'Uploads the bundle of `npm run build`, its scripts, the MySQL driver and Node, named by their content. Safe to run again.',
    )
    .option(...BUCKET)
    .option(...ARCHITECTURE)
    .option(...NODE)
    .option(...DRY_RUN)
    .option(...JSON_OUTPUT)
    .action(async (flags: unknown) => (await import('./run-emr-cluster.ts')).runEmrDeploy(flags, context))
}

function clusterCommand(context: CommandContext): Command {
  const load = () => import('./run-emr-cluster.ts')
  const cluster = new Command('cluster').summary('create, look at and terminate a cluster')
  cluster
    .command('create')
    .summary('deploy, create a cluster unless it lives, and wait for it')
    .option(...NAME)
    .option(...BUCKET)
    .option(...ARCHITECTURE)
    .option(...NODE)
    .option('--release-label <label>', 'emr-spark-8.1.0, emr-spark-8.0.0 or emr-7.14.0', 'emr-spark-8.1.0')
    .requiredOption('--subnet <id...>', 'subnets, of which EMR chooses one')
    .option('--primary-type <type>', 'machine of the primary node')
    .option('--core-type <type>', 'machine of the core nodes')
    .option('--core-nodes <number>', 'on demand, always there', '1')
    .option('--task-types <type...>', 'machines of the task nodes, any of them')
    .option('--task-nodes <number>', 'on the spot market, at most, when there is work', '4')
    .option('--idle-minutes <number>', 'the cluster ends after this time without work', '60')
    .option(...CREATE_ROLES)
    .option('--database-secret <name>', 'secret that new roles may read (RIPPLERANK_DATABASE_SECRET)')
    .option(...DATABASE_USER)
    .option('--service-role <name>', 'role of EMR', 'ripplerank-emr-service')
    .option('--node-profile <name>', 'instance profile of the nodes', 'ripplerank-emr-node')
    .option('--kms-key <arn>', 'encrypts the disks')
    .option('--price <type=usd...>', 'an hour of a machine, EC2 and EMR together, for the estimate')
    .option('--no-wait', 'do not wait until it is up')
    .option(...DRY_RUN)
    .option(...JSON_OUTPUT)
    .action(async (flags: unknown) => (await load()).runClusterCreate(flags, context))
  cluster
    .command('status')
    .summary('show what there is of a cluster')
    .option(...NAME)
    .option(...CLUSTER)
    .option(...JSON_OUTPUT)
    .action(async (flags: unknown) => (await load()).runClusterStatus(flags, context))
  cluster
    .command('terminate')
    .summary('end a cluster and all that runs on it')
    .option(...NAME)
    .option(...CLUSTER)
    .option(...JSON_OUTPUT)
    .action(async (flags: unknown) => (await load()).runClusterTerminate(flags, context))
  return cluster
}

/** What a step and a schedule have in common. */
function withWork(command: Command): Command {
  return command
    .option(...NAME)
    .option(...CLUSTER)
    .requiredOption('--input <source...>', 's3://bucket/prefix; several may follow')
    .option('--lake <place>', 'where parsed data is kept, s3://bucket/prefix (RIPPLERANK_LAKE)')
    .option('--database-secret <name>', 'secret that names the database (RIPPLERANK_DATABASE_SECRET)')
    .option('--term <term>', 'search term of data that does not name one')
    .option(...JSON_OUTPUT)
}

function stepCommand(context: CommandContext): Command {
  const load = () => import('./run-emr-step.ts')
  const step = new Command('step').summary('submit, look at and cancel the step of a slot')
  withWork(step.command('submit'))
    .summary('add the step of a slot, unless one is there')
    .requiredOption(...SLOT)
    .option('--window <length>', 'how far back events count: 24h, 7d or 30d')
    .option('--again', 'also where the slot was done')
    .option('--no-wait', 'do not wait for its end')
    .action(async (flags: unknown) => (await load()).runStepSubmit(flags, context))
  for (const [name, summary] of [
    ['status', 'show the steps of a slot'],
    ['cancel', 'cancel what runs or waits of a slot'],
  ] as const) {
    step
      .command(name)
      .summary(summary)
      .option(...NAME)
      .option(...CLUSTER)
      .requiredOption(...SLOT)
      .option(...JSON_OUTPUT)
      .action(async (flags: unknown) => {
        const { runStepStatus, runStepCancel } = await load()
        await (name === 'status' ? runStepStatus : runStepCancel)(flags, context)
      })
  }
  return step
}

function scheduleCommand(context: CommandContext): Command {
  const load = () => import('./run-emr-schedule.ts')
  const schedule = new Command('schedule').summary('let AWS add a step every 15 minutes')
  withWork(schedule.command('create'))
    .summary('create the schedule of a cluster, or set it to these flags')
    .option('--window <length...>', 'how far back events count: 24h, 7d, 30d; several may follow')
    .option('--catch-up <hours>', 'how far back a missed slot is made up for')
    .option('--role <arn>', 'role that EventBridge Scheduler takes on')
    .option('--dead-letter-queue <arn>', 'SQS queue for calls that EMR did not take')
    .option('--create-roles', 'make the role and the queue where they are not named')
    .option('--schedule-role <name>', 'name of the role that is made (ripplerank-emr-schedule)')
    .action(async (flags: unknown) => (await load()).runScheduleCreate(flags, context))
  for (const [name, summary] of [
    ['status', 'show what there is of a schedule'],
    ['delete', 'delete a schedule'],
  ] as const) {
    schedule
      .command(name)
      .summary(summary)
      .option(...NAME)
      .option(...JSON_OUTPUT)
      .action(async (flags: unknown) => {
        const { runScheduleStatus, runScheduleDelete } = await load()
        await (name === 'status' ? runScheduleStatus : runScheduleDelete)(flags, context)
      })
  }
  return schedule
}

function policyCommand(context: CommandContext): Command {
  return new Command('policy')
    .summary('print what the caller and each role have to be allowed')
    .description('Prints an IAM policy. Calls nobody.')
    .option('--for <role>', 'caller, creator (for --create-roles), service, node or schedule', 'caller')
    .option('--trust', 'print who may take the role on instead')
    .option(...BUCKET)
    .option('--account <id>', 'AWS account of 12 digits; any by default')
    .option('--database-secret <name>', 'name of the secret (RIPPLERANK_DATABASE_SECRET)')
    .option(...DATABASE_USER)
    .action(async (flags: unknown) => (await import('./run-emr-policy.ts')).runEmrPolicy(flags, context))
}
