import type { ActionOptions, DataFrame, Schema } from 'spark-connect-js'

/**
 * Keeps a frame's rows on the server while `work` runs, whatever comes of it. What is staged is kept too: its rows are
 * counted anew if the server does not say how many it wrote.
 */
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
