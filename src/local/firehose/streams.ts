import { AwsError } from '../aws/aws-error.ts'
import type { Clock } from '../clock.ts'
import { deliveryBuffer, type DeliveredObject } from './delivery-buffer.ts'
import type { FirehoseFaults } from './faults.ts'
import type { Destination, Encryption } from './requests.ts'
import { statusOf, type DeliveryStream } from './stream.ts'

export interface StreamsOptions {
  readonly clock: Clock
  readonly account: string
  readonly region: string
  readonly mostStreams: number
  readonly creatingMs: number
  readonly deletingMs: number
  readonly faults: () => FirehoseFaults
  readonly isRoleAssumable: (arn: string) => boolean
  readonly deliver: (object: DeliveredObject) => Promise<void>
}

export interface NewStream {
  readonly name: string
  readonly destination: Destination
  readonly encryption: Encryption | undefined
  readonly tags: ReadonlyMap<string, string | undefined>
}

/** The streams of one account and region, in memory. */
export interface Streams {
  readonly create: (stream: NewStream) => DeliveryStream
  /** @throws AwsError ResourceNotFoundException */
  readonly find: (name: string) => DeliveryStream
  /** One that takes records. @throws AwsError ResourceNotFoundException */
  readonly findActive: (name: string) => DeliveryStream
  /** Sorted by name. */
  readonly names: () => readonly string[]
  readonly remove: (name: string) => void
  /** Delivers what all of them hold. */
  readonly flush: () => Promise<void>
}

/** Opens an empty account. */
export function openStreams(options: StreamsOptions): Streams {
  const { clock, account } = options
  const streams = new Map<string, DeliveryStream>()
  const leaving = new Set<Promise<void>>()
  const notFound = (name: string): AwsError =>
    new AwsError('ResourceNotFoundException', `Firehose ${name} under account ${account} not found.`)

  const lookUp = (name: string): DeliveryStream | undefined => {
    const stream = streams.get(name)
    if (stream?.goneAtMs === undefined || clock.nowMs() < stream.goneAtMs) return stream
    streams.delete(name)
    return undefined
  }
  const find = (name: string): DeliveryStream => {
    const stream = lookUp(name)
    if (stream === undefined) throw notFound(name)
    return stream
  }
  const findActive = (name: string): DeliveryStream => {
    const stream = find(name)
    if (statusOf(stream, clock.nowMs()) !== 'ACTIVE') throw notFound(name)
    return stream
  }
  const names = (): readonly string[] => [...streams.keys()].filter(lookUp).toSorted()

  const create = (wanted: NewStream): DeliveryStream => {
    const { name, destination } = wanted
    if (lookUp(name) !== undefined)
      throw new AwsError(
        'ResourceInUseException',
        `Firehose ${name} under accountId ${account} already exists`,
      )
    if (names().length >= options.mostStreams)
      throw new AwsError(
        'LimitExceededException',
        `You have already consumed your firehose quota of ${options.mostStreams} hoses.`,
      )
    if (!options.isRoleAssumable(destination.RoleARN))
      throw new AwsError(
        'InvalidArgumentException',
        `Firehose is unable to assume role ${destination.RoleARN}. Please check the role provided.`,
      )
    const stream = newStream(wanted, options)
    streams.set(name, stream)
    return stream
  }
  const remove = (name: string): void => {
    const stream = find(name)
    if (statusOf(stream, clock.nowMs()) === 'CREATING')
      throw new AwsError(
        'ResourceInUseException',
        `Firehose ${name} under accountId ${account} is being created`,
      )
    stream.goneAtMs ??= clock.nowMs() + options.deletingMs
    const delivered = stream.buffer.flush().finally(() => leaving.delete(delivered))
    leaving.add(delivered)
  }
  const flush = async (): Promise<void> => {
    await Promise.all([...leaving, ...[...streams.values()].map(({ buffer }) => buffer.flush())])
  }
  return { create, find, findActive, names, remove, flush }
}

function newStream(
  { name, destination, encryption, tags }: NewStream,
  options: StreamsOptions,
): DeliveryStream {
  const { clock, account, region, creatingMs, deliver, faults } = options
  const nowMs = clock.nowMs()
  const stream: DeliveryStream = {
    name,
    arn: `arn:aws:firehose:${region}:${account}:deliverystream/${name}`,
    createdAtMs: nowMs,
    activeAtMs: nowMs + creatingMs,
    hasFailed: faults().failsCreation === true,
    goneAtMs: undefined,
    updatedAtMs: undefined,
    version: 1,
    destination,
    tags: new Map(tags),
    encryption: { key: encryption, isOn: encryption !== undefined, settledAtMs: nowMs + creatingMs },
    buffer: deliveryBuffer({ stream: name, clock, settings: () => stream, deliver }),
  }
  return stream
}
