import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeliveredObject } from '../firehose/delivery-buffer.ts'
import type { Environment } from '../leashed-process.ts'
import type { ClusterRequest } from './cluster.ts'
import { startStep, stepLogs } from './step-process.ts'
import type { LocalStep, RunningStep } from './step-queue.ts'

/** Where a cluster's bootstrap actions and steps run: a folder on this machine. */
export interface PrimaryNode {
  /** @returns why the first one failed that did; undefined when all did well */
  readonly bootstrap: (actions: ClusterRequest['BootstrapActions']) => Promise<string | undefined>
  readonly run: (step: LocalStep) => RunningStep
}

export interface PrimaryNodeOptions {
  readonly clusterId: string
  readonly folder: string
  /** `s3://bucket/prefix/`; without it no logs are kept. */
  readonly logUri: string | undefined
  /** What steps see: PATH, the variables of the services. */
  readonly environment: Environment
  readonly deliver: (object: DeliveredObject) => Promise<void>
}

/** What a step's logs must not hold is not known here: EMR keeps them as they come, and so does this. */
export function primaryNode(options: PrimaryNodeOptions): PrimaryNode {
  const { clusterId, folder, logUri, deliver } = options
  const home = join(folder, 'home')
  const tools = join(folder, 'tools')
  const environment = {
    ...options.environment,
    PATH: `${tools}:${options.environment['PATH'] ?? ''}`,
    RIPPLERANK_HOME: home,
  }
  const log = async (path: string, logFolder: string, controller: string): Promise<void> => {
    const [, bucket = '', prefix = ''] = /^s3n?:\/\/([^/]+)\/(.*)$/.exec(logUri ?? '') ?? []
    if (bucket === '') return
    const base = `${prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`}${clusterId}/${path}`
    for (const { name, body } of await stepLogs(logFolder, controller))
      await deliver({ bucket, key: `${base}/${name}`, body })
  }
  const bootstrapOne = async (action: ClusterRequest['BootstrapActions'][number], number: number) => {
    const { Path, Args } = action.ScriptBootstrapAction
    const actionFolder = join(folder, `bootstrap-${number}`)
    const script = 'set -e; aws s3 cp "$0" script > /dev/null; exec bash script "$@"'
    const argv = ['bash', '-c', script, Path, ...Args]
    const code = await startStep({ argv, environment, folder: actionFolder }).exited
    await log(`node/i-local/bootstrap-actions/${number}`, actionFolder, '')
    return code === 0 ? undefined : `bootstrap action ${number} returned a non-zero return code`
  }
  return {
    bootstrap: async (actions) => {
      await mkdir(home, { recursive: true })
      await mkdir(tools, { recursive: true })
      await writeFile(join(tools, 'aws'), AWS_STAND_IN, { mode: 0o755 })
      for (const [i, action] of actions.entries()) {
        const failure = await bootstrapOne(action, i + 1)
        if (failure !== undefined) return failure
      }
      return undefined
    },
    run: (step) => {
      const { Jar, Args } = step.request.HadoopJarStep
      const stepFolder = join(folder, step.id)
      const argv = Jar === 'command-runner.jar' ? Args : ['false']
      const process = startStep({ argv, environment, folder: stepFolder })
      const ended = process.exited.then(async (code) => {
        await log(`steps/${step.id}`, stepFolder, `INFO Step ${step.id} ended with exit code ${code}\n`)
        return code === 0 ? undefined : `The step ended with exit code ${code}.`
      })
      return { ended, cancel: process.kill }
    },
  }
}

/** On a node of EMR there is the AWS command line; here it knows `aws s3 cp s3://bucket/key file` and nothing else. */
const AWS_STAND_IN = `#!/bin/sh
[ "$1 $2" = 's3 cp' ] || exit 2
exec curl --silent --show-error --fail --output "$4" "$AWS_ENDPOINT_URL_S3/\${3#s3://}"
`
