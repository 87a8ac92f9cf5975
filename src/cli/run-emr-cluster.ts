import {
  clusterStatus,
  createCluster,
  findCluster,
  terminateCluster,
  untilUp,
  type ClusterStatus,
} from '../cloud/emr/cluster.ts'
import { clusterRequest } from '../cloud/emr/cluster-request.ts'
import type { ClusterSettings } from '../cloud/emr/cluster-settings.ts'
import { estimateCost, PRICES_OF, type CostEstimate } from '../cloud/emr/cost.ts'
import { deploy, type Deployed } from '../cloud/emr/deploy.ts'
import type { EmrContext } from '../cloud/emr/emr-clients.ts'
import { ensureClusterRoles } from '../cloud/emr/roles.ts'
import { securityConfiguration } from '../cloud/emr/security-configuration.ts'
import type { CommandContext } from './command-context.ts'
import { clusterIdOf, withEmr } from './emr-context.ts'
import { releaseOfBuild } from './emr-files.ts'
import { parseCluster, parseDeploy, parseWhich, type ClusterOptions } from './emr-options.ts'
import { emrSite } from './emr-site.ts'
import { readEnvironment } from './environment.ts'
import { requireBucket } from './pipeline-options.ts'

/** Uploads what a cluster installs, and prints where it is. */
export async function runEmrDeploy(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseDeploy(flags)
  const bucket = requireBucket(options, readEnvironment(context.variables))
  const release = await releaseOfBuild(options)
  const act = async (emr: EmrContext): Promise<string> => {
    const done = await deploy({ bucket, release, isDryRun: options.dryRun }, emr)
    return options.json ? document({ ...done, dry_run: options.dryRun }) : deployText(done, options.dryRun)
  }
  await withEmr({ stage: 'deploy', act }, context)
}

/** Deploys, makes a cluster unless it lives, and waits for it. */
export async function runClusterCreate(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseCluster(flags)
  const bucket = requireBucket(options, readEnvironment(context.variables))
  const release = await releaseOfBuild(options)
  const settings = settingsOf(options, { bucket, release: release.id })
  const cost = estimateCost(settings, options.price)
  const act = async (emr: EmrContext): Promise<string> => {
    const deployed = await deploy({ bucket, release, isDryRun: options.dryRun }, emr)
    const roles = await rolesFor(options, bucket, { context, emr })
    if (options.dryRun) {
      const request = clusterRequest(settings, securityConfiguration(settings.kmsKey).name)
      return options.json
        ? document({ dry_run: true, deployed, roles, cost, request })
        : `${deployText(deployed, true)}${rolesText(roles, true)}${costText(cost)}${JSON.stringify(request, null, 2)}\n`
    }
    const { cluster, isNew } = await createCluster(settings, emr, roles.length > 0)
    const status = options.wait ? await untilUp(cluster.id, emr) : cluster
    return options.json
      ? document({ ...clusterDocument(status), new: isNew, roles, cost })
      : `${rolesText(roles, false)}${clusterText(status)}${isNew ? costText(cost) : 'It was there already, with the settings that it was made with.\n'}`
  }
  await withEmr({ stage: `cluster ${options.name}`, act }, context)
}

interface Callers {
  readonly context: CommandContext
  readonly emr: EmrContext
}

/** With `--create-roles`: makes or mends the roles, or says what it would do. */
async function rolesFor(
  { createRoles, databaseSecret, databaseUser, serviceRole, nodeProfile, dryRun }: ClusterOptions,
  bucket: string,
  { context, emr }: Callers,
): Promise<readonly string[]> {
  if (!createRoles) return []
  const roles = { service: serviceRole, node: nodeProfile }
  const site = emrSite(
    { bucket, databaseSecret, databaseUser, roles },
    readEnvironment(context.variables),
    emr.aws.region,
  )
  return ensureClusterRoles({ site, isDryRun: dryRun }, emr)
}

const rolesText = (changes: readonly string[], isDryRun: boolean): string =>
  changes.map((change) => `${isDryRun ? 'To do:' : 'Done:'} ${change}\n`).join('')

/** Prints what there is of a cluster. */
export async function runClusterStatus(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseWhich(flags)
  const given = options.cluster ?? readEnvironment(context.variables).RIPPLERANK_CLUSTER
  const act = async (emr: EmrContext): Promise<string> => {
    const found = given === undefined ? await findCluster(options.name, emr) : await clusterStatus(given, emr)
    if (found === undefined)
      return options.json
        ? document({ name: options.name, state: 'none' })
        : `There is no cluster ${options.name}.\n`
    return options.json ? document(clusterDocument(found)) : clusterText(found)
  }
  await withEmr({ stage: 'look', act }, context)
}

/** Ends a cluster, and waits until it is gone. */
export async function runClusterTerminate(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseWhich(flags)
  const act = async (emr: EmrContext): Promise<string> => {
    const ended = await terminateCluster(await clusterIdOf(options, context, emr), emr)
    return options.json ? document(clusterDocument(ended)) : clusterText(ended)
  }
  await withEmr({ stage: 'terminate', act }, context)
}

/** Of four cores and 16 GiB each. */
const TYPES = {
  x64: { always: 'm6i.xlarge', task: ['m6i.xlarge', 'm7i.xlarge', 'm5.xlarge'] },
  arm64: { always: 'm7g.xlarge', task: ['m7g.xlarge', 'm6g.xlarge'] },
} as const

function settingsOf(
  options: ClusterOptions,
  place: { readonly bucket: string; readonly release: string },
): ClusterSettings {
  const { architecture, primaryType, coreType, taskTypes } = options
  const types = TYPES[architecture]
  return {
    ...place,
    name: options.name,
    releaseLabel: options.releaseLabel,
    subnets: options.subnet,
    primaryType: primaryType ?? types.always,
    coreType: coreType ?? types.always,
    coreNodes: options.coreNodes,
    taskTypes: taskTypes ?? types.task,
    taskNodes: options.taskNodes,
    serviceRole: options.serviceRole,
    instanceProfile: options.nodeProfile,
    kmsKey: options.kmsKey,
    idleSeconds: options.idleMinutes * 60,
    stepConcurrency: 1, // a slot has one lease
  }
}

function deployText({ place, uploaded }: Deployed, isDryRun: boolean): string {
  if (uploaded.length === 0) return `The release is at ${place} already.\n`
  return `${isDryRun ? 'Would upload' : 'Uploaded'} to ${place}: ${uploaded.join(', ')}\n`
}

function costText({ leastPerHour, mostPerHour, unknown }: CostEstimate): string {
  if (unknown.length > 0)
    return `What it costs is unknown: name the prices by --price, as ${unknown[0]}=0.24 for an hour, EC2 and EMR together.\n`
  const usd = (perHour: number): string =>
    `${perHour.toFixed(2)} USD an hour, ${(perHour * 24).toFixed(0)} a day`
  return `It costs ${usd(leastPerHour)}; with all task nodes at most ${usd(mostPerHour)} (${PRICES_OF}).\n`
}

function clusterText({ id, name, state, reason, releaseLabel, createdAt }: ClusterStatus): string {
  const since =
    createdAt === undefined ? '' : `, made ${createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const why = reason === '' ? '' : `\n  ${reason}`
  return `Cluster ${name} (${id}) is ${state}, ${releaseLabel}${since}${why}\n`
}

function clusterDocument({ id, name, state, reason, releaseLabel, logUri, createdAt }: ClusterStatus) {
  return {
    id,
    name,
    state,
    reason,
    release_label: releaseLabel,
    log_uri: logUri,
    created_at: createdAt?.toISOString() ?? null,
  }
}

const document = (content: object): string => `${JSON.stringify(content)}\n`
