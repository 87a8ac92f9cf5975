import type { ExpressionNode, LiteralNode } from './expression.ts'
import { relationNode as node, type RelationNode } from './relation.ts'

export const describe = (input: RelationNode, cols: readonly string[]): RelationNode =>
  node({ case: 'describe', value: { input, cols: [...cols] } })

export const summary = (input: RelationNode, statistics: readonly string[]): RelationNode =>
  node({ case: 'summary', value: { input, statistics: [...statistics] } })

export const crosstab = (input: RelationNode, col1: string, col2: string): RelationNode =>
  node({ case: 'crosstab', value: { input, col1, col2 } })

export const covariance = (input: RelationNode, col1: string, col2: string): RelationNode =>
  node({ case: 'cov', value: { input, col1, col2 } })

export const correlation = (input: RelationNode, col1: string, col2: string): RelationNode =>
  node({ case: 'corr', value: { input, col1, col2, method: 'pearson' } })

export interface QuantileParts {
  readonly cols: readonly string[]
  readonly probabilities: readonly number[]
  readonly relativeError: number
}

export const approxQuantile = (
  input: RelationNode,
  { cols, probabilities, relativeError }: QuantileParts,
): RelationNode =>
  node({
    case: 'approxQuantile',
    value: { input, cols: [...cols], probabilities: [...probabilities], relativeError },
  })

export const freqItems = (input: RelationNode, cols: readonly string[], support: number): RelationNode =>
  node({ case: 'freqItems', value: { input, cols: [...cols], support } })

export interface SampleByParts {
  readonly col: ExpressionNode
  readonly fractions: readonly (readonly [stratum: LiteralNode, fraction: number])[]
  readonly seed: bigint
}

export const sampleBy = (input: RelationNode, { col, fractions, seed }: SampleByParts): RelationNode =>
  node({
    case: 'sampleBy',
    value: { input, col, seed, fractions: fractions.map(([stratum, fraction]) => ({ stratum, fraction })) },
  })

export const fillNulls = (
  input: RelationNode,
  cols: readonly string[],
  values: readonly LiteralNode[],
): RelationNode => node({ case: 'fillNa', value: { input, cols: [...cols], values: [...values] } })

/** @param minNonNulls how many of the columns must have a value; all if left out. */
export const dropNulls = (input: RelationNode, cols: readonly string[], minNonNulls?: number): RelationNode =>
  node({
    case: 'dropNa',
    value: { input, cols: [...cols], ...(minNonNulls !== undefined && { minNonNulls }) },
  })

export const replaceValues = (
  input: RelationNode,
  cols: readonly string[],
  replacements: readonly (readonly [oldValue: LiteralNode, newValue: LiteralNode])[],
): RelationNode =>
  node({
    case: 'replace',
    value: {
      input,
      cols: [...cols],
      replacements: replacements.map(([oldValue, newValue]) => ({ oldValue, newValue })),
    },
  })
