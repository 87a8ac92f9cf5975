import { AwsError } from './aws-error.ts'

/**
 * A service's own model as its SDK carries it: each operation with the shapes of what goes in and comes out, as tuples.
 * @see https://github.com/smithy-lang/smithy-typescript packages/types/src/schema/static-schemas.ts
 */
export interface ServiceModel {
  readonly check: (operation: string, input: unknown) => Readonly<Record<string, unknown>>
  /** @throws Error where an answer of our own does not fit */
  readonly checkOutput: (operation: string, output: unknown) => void
}

const KIND = { list: 1, map: 2, structure: 3, union: 4, error: -3, operation: 9, named: 0 } as const
/** A number says a simple type; these bits make a list or a map of it. */
const LIST_OF = 64
const MAP_OF = 128
const simpleTypes: Readonly<Record<number, string>> = { 0: 'string', 1: 'number', 2: 'boolean', 4: 'number' }

/**
 * Takes the operations out of an SDK's module.
 * @param sdk all that the module exports; `AddJobFlowSteps$` is the operation AddJobFlowSteps
 */
export function serviceModel(sdk: Readonly<Record<string, unknown>>): ServiceModel {
  const shapesOf = (operation: string): readonly unknown[] => {
    const found = sdk[`${operation}$`]
    if (Array.isArray(found) && found[0] === KIND.operation) return found
    throw new AwsError('UnknownOperationException', `${operation} is not in the model`)
  }
  return {
    check: (operation, input) => {
      const problems = misfits(shapesOf(operation)[4], input, '')
      if (problems.length > 0) throw new AwsError('ValidationException', problems.join('; '))
      return Object.fromEntries(Object.entries(input ?? {}))
    },
    checkOutput: (operation, output) => {
      const problems = misfits(shapesOf(operation)[5], output ?? {}, '')
      if (problems.length > 0) throw new Error(`the answer of ${operation}: ${problems.join('; ')}`)
    },
  }
}

/** What does not fit, each with its path. */
function misfits(shape: unknown, value: unknown, path: string): readonly string[] {
  if (typeof shape === 'function') return misfits(shape(), value, path)
  if (typeof shape === 'number') return simpleMisfits(shape, value, path)
  if (!Array.isArray(shape)) return []
  const [kind, second, , , fourth, fifth] = shape
  // A member with traits of its own is a pair: the shape first.
  if (shape.length === 2) return misfits(kind, value, path)
  if (kind === KIND.list) return listMisfits(fourth, value, path)
  if (kind === KIND.map) return mapMisfits(fifth, value, path)
  if (kind === KIND.named) return misfits(fourth, value, path)
  if (kind === KIND.structure || kind === KIND.union || kind === KIND.error)
    return structureMisfits(shape, value, path)
  return [`${path}: the model has an unknown shape ${String(second)}`]
}

function simpleMisfits(type: number, value: unknown, path: string): readonly string[] {
  if (type >= MAP_OF) return mapMisfits(type - MAP_OF, value, path)
  if (type >= LIST_OF) return listMisfits(type - LIST_OF, value, path)
  const wanted = simpleTypes[type]
  if (wanted === undefined || typeof value === wanted) return []
  return [`Value at '${path}' is ${value === null ? 'null' : `a ${typeof value}`}, not a ${wanted}`]
}

function listMisfits(member: unknown, value: unknown, path: string): readonly string[] {
  if (!Array.isArray(value)) return [`Value at '${path}' is not a list`]
  return value.flatMap((one, i) => misfits(member, one, `${path}[${i}]`))
}

function mapMisfits(member: unknown, value: unknown, path: string): readonly string[] {
  if (!isObject(value)) return [`Value at '${path}' is not a map`]
  return Object.entries(value).flatMap(([key, one]) => misfits(member, one, `${path}.${key}`))
}

/** The members that must be there come first in the list of names. */
function structureMisfits(shape: readonly unknown[], value: unknown, path: string): readonly string[] {
  if (!isObject(value)) return [`Value at '${path}' is not a structure`]
  const [, , , , names, shapes, required = 0] = shape
  if (!Array.isArray(names) || !Array.isArray(shapes)) return []
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
  const missing = names
    .slice(0, Number(required))
    .filter((name: string) => value[name] === undefined)
    .map((name: string) => `Value at '${at(name)}' must not be null`)
  const wrong = Object.entries(value).flatMap(([name, one]) => {
    const index = names.indexOf(name)
    if (index < 0) return [`'${at(name)}' is not in the model`]
    return one === undefined ? [] : misfits(shapes[index], one, at(name))
  })
  return [...missing, ...wrong]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
