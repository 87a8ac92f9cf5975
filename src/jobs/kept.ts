import { randomUUID } from 'node:crypto'
import type { ActionOptions, DataFrame, Schema, SparkSession } from 'spark-connect-js'

interface Keeping<S extends Schema> {
  readonly spark: SparkSession
  readonly frame: DataFrame<S>
  readonly options: ActionOptions
}

/** A frame that the server knows by a name until it is disposed. What is made of it must be disposed before it. */
interface Named<S extends Schema> extends AsyncDisposable {
  readonly frame: DataFrame<S>
}

/**
 * Gives a frame's plan a name on the server: what is made of it is planned from there. Otherwise the server would
 * resolve all of the way to it again for each step, and several times where a step takes it twice.
 */
export async function named<S extends Schema>({ spark, frame, options }: Keeping<S>): Promise<Named<S>> {
  const name = `kept_${randomUUID().replaceAll('-', '')}`
  await frame.createOrReplaceTempView(name, options)
  return {
    frame: spark.table<S>(name),
    async [Symbol.asyncDispose]() {
      await spark.catalog.dropTempView(name) // lets go of the rows, too
    },
  }
}

/** Keeps a frame's rows on the server, and its plan under a name. */
export async function kept<S extends Schema>(keeping: Keeping<S>): Promise<Named<S>> {
  const view = await named(keeping)
  try {
    await view.frame.persist(keeping.options)
    return view
  } catch (error) {
    await view[Symbol.asyncDispose]()
    throw error
  }
}

/** Keeps a frame's rows on the server while `work` runs, whatever comes of it. */
export async function whileKept<S extends Schema, R>(
  keeping: Keeping<S>,
  work: (frame: DataFrame<S>) => Promise<R>,
): Promise<R> {
  await using keep = await kept(keeping)
  return await work(keep.frame)
}
