import type { BooleanColumn } from '../column/column.ts'
import { expressionOf } from '../column/column.ts'
import type { ColumnOrLiteral } from '../column/operand.ts'
import { commandPlan } from '../plan/command.ts'
import { attribute, type ExpressionNode } from '../plan/expression.ts'
import { mergeAction, mergeInto, type MergeActionParts } from '../plan/merge.ts'
import type { RelationNode } from '../plan/relation.ts'
import type { Schema } from '../types/data-type.ts'
import type { ColumnsOf } from './columns.ts'
import type { ActionOptions, Executor } from './executor.ts'

interface MergeIntoParts<T extends Schema, S extends Schema> {
  readonly relation: RelationNode
  readonly executor: Executor
  readonly table: string
  readonly target: ColumnsOf<T>
  readonly source: ColumnsOf<S>
  readonly condition: ExpressionNode
  readonly actions?: MergeActions
  readonly withSchemaEvolution?: boolean
}

interface MergeActions {
  readonly matched: readonly ExpressionNode[]
  readonly notMatched: readonly ExpressionNode[]
  readonly notMatchedBySource: readonly ExpressionNode[]
}

const NO_ACTIONS: MergeActions = { matched: [], notMatched: [], notMatchedBySource: [] }

type MergeCondition<T extends Schema, S extends Schema> = (
  target: ColumnsOf<T>,
  source: ColumnsOf<S>,
) => BooleanColumn

/** What the columns of a target's row become. */
export type Assignments<T extends Schema, S extends Schema> = (
  target: ColumnsOf<T>,
  source: ColumnsOf<S>,
) => { readonly [K in keyof T]?: ColumnOrLiteral }

/**
 * Merges a frame into a table: says what becomes of rows that match and of those that do not, then `merge()`.
 * Immutable: each clause gives a new writer; clauses apply in their order. Since Spark 4.0.
 */
export class MergeIntoWriter<T extends Schema, S extends Schema> {
  readonly #parts: MergeIntoParts<T, S>

  constructor(parts: MergeIntoParts<T, S>) {
    this.#parts = parts
  }

  /**
   * Rows of the table that match a row of the frame.
   * @example async () => spark.range(2n).mergeInto({ name: 'rows', schema: schema({ id: t.long }) }, (target, source) => target.id.eq(source.id)).whenMatched((target, source) => target.id.lt(source.id)).updateAll().merge() // a function that writes
   */
  whenMatched(condition?: MergeCondition<T, S>): WhenMatched<T, S> {
    return new WhenMatched((action) => this.#with('matched', action, condition), this.#assignments)
  }

  /**
   * Rows of the frame that match none of the table.
   * @example async () => spark.range(2n).mergeInto({ name: 'rows', schema: schema({ id: t.long }) }, (target, source) => target.id.eq(source.id)).whenNotMatched().insertAll().merge() // a function that writes
   */
  whenNotMatched(condition?: MergeCondition<T, S>): WhenNotMatched<T, S> {
    return new WhenNotMatched((action) => this.#with('notMatched', action, condition), this.#assignments)
  }

  /**
   * Rows of the table that match none of the frame.
   * @example async () => spark.range(2n).mergeInto({ name: 'rows', schema: schema({ id: t.long }) }, (target, source) => target.id.eq(source.id)).whenNotMatchedBySource().delete().merge() // a function that writes
   */
  whenNotMatchedBySource(condition?: MergeCondition<T, S>): WhenMatched<T, S> {
    return new WhenMatched((action) => this.#with('notMatchedBySource', action, condition), this.#assignments)
  }

  /**
   * Lets the table's schema grow by the frame's columns.
   * @example async () => spark.range(2n).mergeInto({ name: 'rows', schema: schema({ id: t.long }) }, (target, source) => target.id.eq(source.id)).whenNotMatched().insertAll().withSchemaEvolution().merge() // a function that writes
   */
  withSchemaEvolution(): MergeIntoWriter<T, S> {
    return new MergeIntoWriter({ ...this.#parts, withSchemaEvolution: true })
  }

  /**
   * Runs the merge.
   * @throws SparkConnectError
   * @example async () => spark.range(2n).mergeInto({ name: 'rows', schema: schema({ id: t.long }) }, (target, source) => target.id.eq(source.id)).whenNotMatched().insertAll().merge() // a function that writes
   */
  async merge(options: ActionOptions = {}): Promise<void> {
    const { relation, executor, table, condition, actions = NO_ACTIONS, withSchemaEvolution } = this.#parts
    const command = mergeInto({
      targetTableName: table,
      sourceTablePlan: relation,
      mergeCondition: condition,
      matchActions: actions.matched,
      notMatchedActions: actions.notMatched,
      notMatchedBySourceActions: actions.notMatchedBySource,
      withSchemaEvolution: withSchemaEvolution ?? false,
    })
    for await (const _ of executor.execute(commandPlan(command), options));
  }

  readonly #assignments = (assignments: Assignments<T, S>) =>
    Object.entries(assignments(this.#parts.target, this.#parts.source)).map(
      ([name, value]) => [attribute(name), expressionOf(value as ColumnOrLiteral)] as const,
    )

  #with(
    clause: keyof MergeActions,
    action: MergeActionParts,
    condition: MergeCondition<T, S> | undefined,
  ): MergeIntoWriter<T, S> {
    const { actions = NO_ACTIONS, target, source } = this.#parts
    const added = mergeAction({ ...action, condition: condition?.(target, source).expression })
    return new MergeIntoWriter({
      ...this.#parts,
      actions: { ...actions, [clause]: [...actions[clause], added] },
    })
  }
}

type AddAction<T extends Schema, S extends Schema> = (action: MergeActionParts) => MergeIntoWriter<T, S>
type AssignmentsOf<T extends Schema, S extends Schema> = (
  assignments: Assignments<T, S>,
) => NonNullable<MergeActionParts['assignments']>

/** What becomes of the table's rows. */
export class WhenMatched<T extends Schema, S extends Schema> {
  readonly #add: AddAction<T, S>
  readonly #assignmentsOf: AssignmentsOf<T, S>

  constructor(add: AddAction<T, S>, assignmentsOf: AssignmentsOf<T, S>) {
    this.#add = add
    this.#assignmentsOf = assignmentsOf
  }

  /**
   * They are set, column by column, to the frame's.
   * @example async () => spark.range(2n).mergeInto({ name: 'rows', schema: schema({ id: t.long }) }, (target, source) => target.id.eq(source.id)).whenMatched().updateAll().merge() // a function that writes
   */
  updateAll(): MergeIntoWriter<T, S> {
    return this.#add({ kind: 'update_all' })
  }

  /**
   * Some of their columns are set.
   * @example async () => spark.range(2n).mergeInto({ name: 'rows', schema: schema({ id: t.long }) }, (target, source) => target.id.eq(source.id)).whenMatched().update((target, source) => ({ id: source.id })).merge() // a function that writes
   */
  update(assignments: Assignments<T, S>): MergeIntoWriter<T, S> {
    return this.#add({ kind: 'update', assignments: this.#assignmentsOf(assignments) })
  }

  /**
   * They go.
   * @example async () => spark.range(2n).mergeInto({ name: 'rows', schema: schema({ id: t.long }) }, (target, source) => target.id.eq(source.id)).whenMatched().delete().merge() // a function that writes
   */
  delete(): MergeIntoWriter<T, S> {
    return this.#add({ kind: 'delete' })
  }
}

/** What becomes of the frame's rows. */
export class WhenNotMatched<T extends Schema, S extends Schema> {
  readonly #add: AddAction<T, S>
  readonly #assignmentsOf: AssignmentsOf<T, S>

  constructor(add: AddAction<T, S>, assignmentsOf: AssignmentsOf<T, S>) {
    this.#add = add
    this.#assignmentsOf = assignmentsOf
  }

  /**
   * They are added as they are.
   * @example async () => spark.range(2n).mergeInto({ name: 'rows', schema: schema({ id: t.long }) }, (target, source) => target.id.eq(source.id)).whenNotMatched().insertAll().merge() // a function that writes
   */
  insertAll(): MergeIntoWriter<T, S> {
    return this.#add({ kind: 'insert_all' })
  }

  /**
   * Rows with these columns are added.
   * @example async () => spark.range(2n).mergeInto({ name: 'rows', schema: schema({ id: t.long }) }, (target, source) => target.id.eq(source.id)).whenNotMatched().insert((target, source) => ({ id: source.id })).merge() // a function that writes
   */
  insert(assignments: Assignments<T, S>): MergeIntoWriter<T, S> {
    return this.#add({ kind: 'insert', assignments: this.#assignmentsOf(assignments) })
  }
}
