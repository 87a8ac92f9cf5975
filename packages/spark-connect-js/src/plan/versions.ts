import type { DescField, DescMessage, DescOneof, Message } from '@bufbuild/protobuf'
import { SINCE, type Release } from './version-table.ts'

/** Something in a plan that a server does not have. */
export interface Need {
  /** As the protocol calls it: `Relation.transpose`. */
  readonly what: string
  readonly since: Release
}

/** Whether a server of `version`, such as `4.0.1` or `3.5.7-amzn-0`, has what came with a release. */
export const has = (version: string, release: Release): boolean => {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  const [wantedMajor = 0, wantedMinor = 0] = release.split('.').map(Number)
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}

/** The first thing in a request that a server of `version` would skip without a word; undefined if there is none. */
export const firstNeed = (request: Message, desc: DescMessage, version: string): Need | undefined =>
  searchOf(desc)(request, version)

type AnyMessage = Readonly<Record<string, unknown>>
type Search = (message: AnyMessage, version: string) => Need | undefined

/** One search a message type: which of its fields are looked at is found out once. */
const searches = new Map<string, Search>()

const searchOf = (desc: DescMessage): Search => {
  const known = searches.get(desc.typeName)
  if (known) return known
  // Types contain each other: the search of one may ask for itself while it is made.
  const later: Search = (message, version) => search(message, version)
  searches.set(desc.typeName, later)
  const parts = desc.members.flatMap((member) => memberSearch(member) ?? [])
  const search: Search = (message, version) => {
    for (const part of parts) {
      const need = part(message, version)
      if (need) return need
    }
    return undefined
  }
  searches.set(desc.typeName, search)
  return search
}

const memberSearch = (member: DescField | DescOneof): Search | undefined =>
  member.kind === 'oneof' ? oneofSearch(member) : fieldSearch(member)

const oneofSearch = ({ fields, localName }: DescOneof): Search => {
  const byCase = new Map(fields.map((field) => [field.localName, valueSearch(field)]))
  return (message, version) => {
    const { case: name, value } = message[localName] as { readonly case?: string; readonly value?: unknown }
    return name === undefined ? undefined : byCase.get(name)?.(value, version)
  }
}

/** Undefined where neither the field nor anything in it can be newer than the oldest server. */
const fieldSearch = (field: DescField): Search | undefined => {
  const inValue = valueSearch(field)
  if (!inValue) return undefined
  const { localName } = field
  return (message, version) => {
    const value = message[localName]
    return isSet(value) ? inValue(value, version) : undefined
  }
}

/** Fields without presence are there always; at their default they say nothing. */
const isSet = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== false && value !== 0 && value !== ''

type ValueSearch = (value: unknown, version: string) => Need | undefined

const valueSearch = (field: DescField): ValueSearch | undefined => {
  const since = SINCE.get(`${field.parent.typeName}.${field.name}`)
  const within = contentSearch(field)
  if (since === undefined) return within
  const need = { what: `${field.parent.typeName}.${field.name}`.replace('spark.connect.', ''), since }
  return (value, version) =>
    has(version, since) ? within?.(value, version) : isEmptyMap(value) ? undefined : need
}

const isEmptyMap = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !('$typeName' in value) && Object.keys(value).length === 0

const contentSearch = (field: DescField): ValueSearch | undefined => {
  if (!field.message || !field.message.typeName.startsWith('spark.connect.')) return undefined
  const search = searchOf(field.message)
  if (field.fieldKind === 'message') return (value, version) => search(value as AnyMessage, version)
  return (values, version) => {
    for (const value of Object.values(values as Readonly<Record<string, AnyMessage>>)) {
      const need = search(value, version)
      if (need) return need
    }
    return undefined
  }
}
