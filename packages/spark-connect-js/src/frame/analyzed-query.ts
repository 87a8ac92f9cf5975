import * as analysis from '../plan/analysis.ts'
import type { StorageLevel } from '../plan/analysis.ts'
import { simpleString } from '../types/ddl.ts'
import type { Schema } from '../types/data-type.ts'
import type { ActionOptions, ExplainMode } from './executor.ts'
import { Query } from './query.ts'

/** What the server knows of a plan without running it. */
export abstract class AnalyzedQuery<S extends Schema> extends Query<S> {
  /**
   * The columns and types as the server resolves them.
   * @throws SparkConnectError if the plan cannot be resolved
   * @example await spark.range(1n).schema() // => schema({ id: t.long })
   */
  schema(options: ActionOptions = {}): Promise<Schema> {
    return this.executor.schema(this.relation, options)
  }

  /**
   * The names of the columns, in order.
   * @example await spark.range(1n).columns() // => ['id']
   */
  async columns(options: ActionOptions = {}): Promise<string[]> {
    return Object.keys(await this.schema(options))
  }

  /**
   * The names of the columns with Spark's names of their types.
   * @example await spark.range(1n).dtypes() // => [['id', 'bigint']]
   */
  async dtypes(options: ActionOptions = {}): Promise<(readonly [name: string, type: string])[]> {
    const columns = await this.schema(options)
    return Object.entries(columns).map(([name, type]) => [name, simpleString(type)] as const)
  }

  /**
   * The schema drawn as a tree.
   * @param level how deep; all unless said.
   * @example await spark.range(1n).treeString() // => 'root\n |-- id: long (nullable = false)\n'
   */
  async treeString(level?: number, options: ActionOptions = {}): Promise<string> {
    return (await this.executor.analyze(analysis.treeString(this.relation, level), options)).treeString
  }

  /**
   * Prints the schema as a tree, to the console.
   * @example await spark.range(1n).printSchema() // => undefined
   */
  async printSchema(level?: number, options: ActionOptions = {}): Promise<void> {
    console.log(await this.treeString(level, options))
  }

  /**
   * How the server would run the plan.
   * @example (await spark.range(1n).explain()).includes('Physical Plan') // => true
   */
  explain(mode: ExplainMode = 'simple', options: ActionOptions = {}): Promise<string> {
    return this.executor.explain(this.relation, mode, options)
  }

  /**
   * Whether the rows are there without any executor.
   * @example await spark.range(1n).isLocal() // => false
   */
  async isLocal(options: ActionOptions = {}): Promise<boolean> {
    return (await this.executor.analyze(analysis.askOf('isLocal', this.relation), options)).isLocal
  }

  /**
   * Whether a source of the plan never ends.
   * @example await spark.range(1n).isStreaming() // => false
   */
  async isStreaming(options: ActionOptions = {}): Promise<boolean> {
    return (await this.executor.analyze(analysis.askOf('isStreaming', this.relation), options)).isStreaming
  }

  /**
   * The files that the plan reads, as far as they are known.
   * @example await spark.range(1n).inputFiles() // => []
   */
  async inputFiles(options: ActionOptions = {}): Promise<readonly string[]> {
    return (await this.executor.analyze(analysis.askOf('inputFiles', this.relation), options)).files
  }

  /**
   * Whether both plans come to the same, so that both give the same rows; false where that cannot be shown.
   * @example await spark.range(1n).sameSemantics(spark.range(1n)) // => true
   */
  async sameSemantics(other: Query<Schema>, options: ActionOptions = {}): Promise<boolean> {
    const question = analysis.sameSemantics(this.relation, other.relation)
    return (await this.executor.analyze(question, options)).result
  }

  /**
   * A number that plans with the same semantics share.
   * @example await spark.range(1n).semanticHash() // a number that depends on the version
   */
  async semanticHash(options: ActionOptions = {}): Promise<number> {
    return (await this.executor.analyze(analysis.askOf('semanticHash', this.relation), options)).result
  }

  /**
   * Where the server keeps the rows, and in how many copies.
   * @example (await spark.range(1n).storageLevel()).useMemory // => false
   */
  async storageLevel(options: ActionOptions = {}): Promise<StorageLevel> {
    const answer = await this.executor.analyze(analysis.storageLevel(this.relation), options)
    return analysis.storageLevelOf(answer.storageLevel)
  }

  /**
   * Whether the server keeps the rows: PySpark's `is_cached`.
   * @example await spark.range(1n).isCached() // => false
   */
  async isCached(options: ActionOptions = {}): Promise<boolean> {
    const { useMemory, useDisk, useOffHeap } = await this.storageLevel(options)
    return useMemory || useDisk || useOffHeap
  }
}
