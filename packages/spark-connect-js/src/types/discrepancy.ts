import { typeDdl } from './ddl.ts'
import type { AnyType, Schema } from './data-type.ts'

/**
 * Everything in which a frame's columns fall short of those declared, a sentence each: a column that is missing,
 * of another type, or nullable where it was declared not to be. Further columns do no harm.
 */
export const discrepancies = (declared: Schema, actual: Schema): readonly string[] =>
  Object.entries(declared).flatMap(([name, type]) => {
    const found = actual[name]
    return found
      ? columnDiscrepancies(`column ${JSON.stringify(name)}`, type, found)
      : [missing(name, actual)]
  })

const missing = (name: string, actual: Schema): string => {
  const sameLetters = Object.keys(actual).find((other) => other.toLowerCase() === name.toLowerCase())
  const hint = sameLetters === undefined ? '' : `; there is ${JSON.stringify(sameLetters)}`
  return `column ${JSON.stringify(name)} is missing${hint}`
}

const columnDiscrepancies = (path: string, declared: AnyType, actual: AnyType): readonly string[] => [
  ...typeDiscrepancies(path, declared, actual),
  ...(actual.isNullable && !declared.isNullable ? [`${path} may be null, but was declared not to be`] : []),
]

const typeDiscrepancies = (path: string, declared: AnyType, actual: AnyType): readonly string[] => {
  if (declared.kind === 'array' && actual.kind === 'array') {
    return columnDiscrepancies(`the elements of ${path}`, declared.element, actual.element)
  }
  if (declared.kind === 'map' && actual.kind === 'map') {
    return [
      ...columnDiscrepancies(`the keys of ${path}`, declared.key, actual.key),
      ...columnDiscrepancies(`the values of ${path}`, declared.value, actual.value),
    ]
  }
  if (declared.kind === 'struct' && actual.kind === 'struct') {
    return fieldDiscrepancies(path, declared.fields, actual.fields)
  }
  const [expected, found] = [typeDdl(declared), typeDdl(actual)]
  return expected === found ? [] : [`${path} is ${found}, but was declared ${expected}`]
}

const fieldDiscrepancies = (path: string, declared: Schema, actual: Schema): readonly string[] => {
  const further = Object.keys(actual).filter((name) => !(name in declared))
  return [
    ...Object.entries(declared).flatMap(([name, type]) => {
      const [field, found] = [`field ${JSON.stringify(name)} of ${path}`, actual[name]]
      return found ? columnDiscrepancies(field, type, found) : [`${field} is missing`]
    }),
    ...further.map((name) => `${path} has a further field ${JSON.stringify(name)}`),
  ]
}
