import { randomUUID } from 'node:crypto'
import type { ActionOptions, DataFrame, Schema, SparkSession } from 'spark-connect-js'

/** Keeps a frame's rows on the server while `work` runs, whatever comes of it. */
export async function whileKept<S extends Schema, R>(
  frame: DataFrame<S>,
  options: ActionOptions,
  work: () => Promise<R>,
): Promise<R> {
  await frame.persist(options)
  try {
    return await work()
  } finally {
    await frame.unpersist()
  }
}

interface Keeping<S extends Schema> {
  readonly spark: SparkSession
  readonly frame: DataFrame<S>
  readonly options: ActionOptions
}

/** A frame whose rows and plan the server keeps until it is disposed. */
interface Kept<S extends Schema> extends AsyncDisposable {
  readonly frame: DataFrame<S>
}

/**
 * Keeps a frame's rows on the server, and its plan under a name: what is made of it is planned from there. Otherwise
 * the server would resolve all of the way to it again for each step, and several times where a step takes it twice.
 * What is made of it must be disposed before it.
 */
export async function keepPlanned<S extends Schema>({ spark, frame, options }: Keeping<S>): Promise<Kept<S>> {
  const name = `kept_${randomUUID().replaceAll('-', '')}`
  await frame.persist(options)
  await frame.createOrReplaceTempView(name, options)
  return {
    frame: spark.table<S>(name),
    async [Symbol.asyncDispose]() {
      await frame.unpersist()
      await spark.catalog.dropTempView(name)
    },
  }
}
