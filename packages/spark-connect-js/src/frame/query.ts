import { call, literal, literalExpression } from '../plan/expression.ts'
import { rootPlan } from '../plan/command.ts'
import { aggregate } from '../plan/grouping.ts'
import { limit, showString, tail, type RelationNode } from '../plan/relation.ts'
import type { Schema } from '../types/data-type.ts'
import type { Row } from '../types/value.ts'
import type { DataFrame } from './data-frame.ts'
import type { ActionOptions, Executor, ResultBatch } from './executor.ts'

export interface ShowOptions extends ActionOptions {
  /** How many rows; 20 unless said. */
  readonly n?: number
  /** How many characters of a cell; 20 unless said, `false` for all. */
  readonly truncate?: number | boolean
  /** Whether each row is drawn as a list of its columns. */
  readonly vertical?: boolean
}

/** Makes the frame of a plan. */
export type Derive = <R extends Schema>(relation: RelationNode) => DataFrame<R>

const SHOWN_ROWS = 20
const SHOWN_CHARACTERS = 20

/** A plan that can be run: what gives its rows, or a number or text made of them. */
export abstract class Query<S extends Schema> implements AsyncIterable<Row<S>> {
  /** Exists for the compiler only. */
  declare readonly rowSchema: S
  readonly relation: RelationNode
  protected readonly executor: Executor
  /** Makes the frame of another plan in the same session; given, as the classes below `DataFrame` cannot name it. */
  protected readonly derive: Derive

  constructor(relation: RelationNode, executor: Executor, derive: Derive) {
    this.relation = relation
    this.executor = executor
    this.derive = derive
  }

  /**
   * All rows, in memory.
   * @throws SparkConnectError
   * @example await spark.range(2n).collect() // => [{ id: 0n }, { id: 1n }]
   */
  collect(options: ActionOptions = {}): Promise<Row<S>[]> {
    return this.#rowsOf(this.relation, options)
  }

  /**
   * The rows as they arrive, one batch in memory at a time. Leaving the loop ends the operation.
   * @example await Array.fromAsync(spark.range(2n).rows()) // => [{ id: 0n }, { id: 1n }]
   */
  async *rows(options: ActionOptions = {}): AsyncGenerator<Row<S>> {
    for await (const batch of this.#batches(this.relation, options)) yield* batch.rows as Iterable<Row<S>>
  }

  /**
   * `rows` by PySpark's name.
   * @example await Array.fromAsync(spark.range(1n).toLocalIterator()) // => [{ id: 0n }]
   */
  toLocalIterator(options: ActionOptions = {}): AsyncGenerator<Row<S>> {
    return this.rows(options)
  }

  /**
   * The rows as they arrive, as batches of columns: each a whole Arrow IPC stream, as every Arrow library reads it.
   * @example (await Array.fromAsync(spark.range(2n).toArrow())).every((ipc) => ipc instanceof Uint8Array) // => true
   */
  async *toArrow(options: ActionOptions = {}): AsyncGenerator<Uint8Array> {
    for await (const batch of this.#batches(this.relation, options)) yield batch.data
  }

  [Symbol.asyncIterator](): AsyncGenerator<Row<S>> {
    return this.rows()
  }

  /**
   * The first row; undefined if there is none.
   * @example await spark.range(2n).first() // => { id: 0n }
   */
  async first(options: ActionOptions = {}): Promise<Row<S> | undefined> {
    return (await this.take(1, options))[0]
  }

  /**
   * The first row, or the first `n`.
   * @example await spark.range(9n).head(2) // => [{ id: 0n }, { id: 1n }]
   */
  head(n?: undefined, options?: ActionOptions): Promise<Row<S> | undefined>
  head(n: number, options?: ActionOptions): Promise<Row<S>[]>
  head(n?: number, options: ActionOptions = {}): Promise<Row<S>[] | Row<S> | undefined> {
    return n === undefined ? this.first(options) : this.take(n, options)
  }

  /**
   * The first `n` rows.
   * @example await spark.range(9n).take(2) // => [{ id: 0n }, { id: 1n }]
   */
  take(n: number, options: ActionOptions = {}): Promise<Row<S>[]> {
    return this.#rowsOf(limit(this.relation, n), options)
  }

  /**
   * The last `n` rows.
   * @example await spark.range(9n).tail(2) // => [{ id: 7n }, { id: 8n }]
   */
  tail(n: number, options: ActionOptions = {}): Promise<Row<S>[]> {
    return this.#rowsOf(tail(this.relation, n), options)
  }

  /**
   * The number of rows.
   * @example await spark.range(9n).count() // => 9n
   */
  async count(options: ActionOptions = {}): Promise<bigint> {
    const one = literalExpression(literal({ case: 'integer', value: 1 }))
    const counted = aggregate(this.relation, { kind: 'groupby', keys: [] }, [['count', call('count', [one])]])
    return (await this.value<bigint>(counted, options)) ?? 0n
  }

  /**
   * Whether there is no row.
   * @example await spark.range(0n).isEmpty() // => true
   */
  async isEmpty(options: ActionOptions = {}): Promise<boolean> {
    return (await this.first(options)) === undefined
  }

  /**
   * Prints the first rows as a table, to the console.
   * @example await spark.range(1n).show() // => undefined
   */
  async show(options: ShowOptions = {}): Promise<void> {
    console.log(await this.showString(options))
  }

  /**
   * The first rows drawn as a table.
   * @example await spark.range(1n).showString() // => '+---+\n| id|\n+---+\n|  0|\n+---+\n'
   */
  async showString({ n, truncate = true, vertical = false, ...options }: ShowOptions = {}): Promise<string> {
    const characters = typeof truncate === 'number' ? truncate : truncate ? SHOWN_CHARACTERS : 0
    const shown = showString(this.relation, { numRows: n ?? SHOWN_ROWS, truncate: characters, vertical })
    return (await this.value<string>(shown, options)) ?? ''
  }

  /** The first value of the first row of another plan over the same rows. */
  protected async value<V>(relation: RelationNode, options: ActionOptions): Promise<V | undefined> {
    for await (const batch of this.#batches(relation, options)) {
      for (const row of batch.rows) return Object.values(row)[0] as V
    }
    return undefined
  }

  async #rowsOf(relation: RelationNode, options: ActionOptions): Promise<Row<S>[]> {
    const rows: Row<S>[] = []
    for await (const batch of this.#batches(relation, options)) {
      for (const row of batch.rows) rows.push(row as Row<S>)
    }
    return rows
  }

  #batches(relation: RelationNode, options: ActionOptions): AsyncIterable<ResultBatch> {
    return this.executor.execute(rootPlan(relation), options)
  }
}
