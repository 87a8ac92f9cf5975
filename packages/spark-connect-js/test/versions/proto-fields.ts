import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

import { createFileRegistry, fromBinary, type DescMessage } from '@bufbuild/protobuf'
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt'

import { projectRoot } from '../../../../src/local/paths.ts'

const PACKAGE = 'spark.connect.'
const MEBIBYTE = 2 ** 20

/** The fields of all messages in a folder of .proto files: `Relation.transpose`. */
export const fieldsOfProtos = (folder: string): ReadonlySet<string> => {
  const buf = join(projectRoot, 'node_modules', '.bin', 'buf')
  const image = execFileSync(buf, ['build', folder, '--as-file-descriptor-set', '-o', '-#format=binpb'], {
    maxBuffer: 64 * MEBIBYTE,
  })
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image))
  const messages = [...registry].filter((type) => type.kind === 'message')
  return new Set(messages.flatMap((message) => fieldNames(message)))
}

/** The fields of a message and of all that can stand in it. */
export const fieldsWithin = (root: DescMessage): ReadonlySet<string> => {
  const seen = new Map<string, DescMessage>()
  const visit = (message: DescMessage): void => {
    if (seen.has(message.typeName) || !message.typeName.startsWith(PACKAGE)) return
    seen.set(message.typeName, message)
    for (const { message: inner } of message.fields) if (inner) visit(inner)
  }
  visit(root)
  return new Set([...seen.values()].flatMap((message) => fieldNames(message)))
}

const fieldNames = ({ typeName, fields }: DescMessage): string[] =>
  fields.map(({ name }) => `${typeName.replace(PACKAGE, '')}.${name}`)

/** The message that a field stands in. */
export const messageOf = (field: string): string => field.slice(0, field.lastIndexOf('.'))
