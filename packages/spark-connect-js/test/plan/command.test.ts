import { describe, expect, it } from '@jest/globals'

import { commandJson, recordingExecutor, TWEETS, tweets } from './plan-only.ts'

const commandOf = async (
  act: (frame: ReturnType<typeof tweets>) => Promise<unknown>,
): Promise<ReturnType<typeof commandJson>> => {
  const executor = recordingExecutor()
  await act(tweets(executor))
  expect(executor.plans).toHaveLength(1)
  return commandJson(executor.plans[0])
}

describe('a writer', () => {
  it('names format, mode, options, partitions and path', async () => {
    const command = await commandOf((frame) =>
      frame.write.mode('overwrite').options({ compression: 'zstd' }).partitionBy('author_id').parquet('/p'),
    )
    expect(command).toEqual({
      writeOperation: {
        input: TWEETS,
        source: 'parquet',
        mode: 'SAVE_MODE_OVERWRITE',
        options: { compression: 'zstd' },
        partitioningColumns: ['author_id'],
        path: '/p',
      },
    })
  })

  it.each([
    ['append', 'SAVE_MODE_APPEND'],
    ['overwrite', 'SAVE_MODE_OVERWRITE'],
    ['error', 'SAVE_MODE_ERROR_IF_EXISTS'],
    ['ignore', 'SAVE_MODE_IGNORE'],
  ] as const)('knows the mode %s', async (mode, saveMode) => {
    const command = await commandOf((frame) => frame.write.mode(mode).json('/j'))
    expect(command).toMatchObject({ writeOperation: { mode: saveMode, source: 'json' } })
  })

  it('refuses to write over rows unless told to', async () => {
    const command = await commandOf((frame) => frame.write.parquet('/p'))
    expect(command).toMatchObject({ writeOperation: { mode: 'SAVE_MODE_ERROR_IF_EXISTS' } })
  })

  it('hands JDBC its address, table and properties as options', async () => {
    const command = await commandOf((frame) =>
      frame.write
        .mode('append')
        .jdbc({ url: 'jdbc:mysql://h/d', table: 'author', properties: { user: 'u', password: 'p' } }),
    )
    expect(command).toEqual({
      writeOperation: {
        input: TWEETS,
        source: 'jdbc',
        mode: 'SAVE_MODE_APPEND',
        options: { url: 'jdbc:mysql://h/d', dbtable: 'author', user: 'u', password: 'p' },
      },
    })
  })

  it('saves as a table', async () => {
    const command = await commandOf((frame) => frame.write.saveAsTable('tweet_copy'))
    expect(command).toMatchObject({
      writeOperation: {
        table: { tableName: 'tweet_copy', saveMethod: 'TABLE_SAVE_METHOD_SAVE_AS_TABLE' },
      },
    })
  })

  it('is not changed by a setting', async () => {
    const executor = recordingExecutor()
    const writer = tweets(executor).write
    writer.mode('append').options({ a: 'b' })
    await writer.parquet('/p')
    const written = commandJson(executor.plans[0])
    expect(written).toMatchObject({ writeOperation: { mode: 'SAVE_MODE_ERROR_IF_EXISTS' } })
    expect(written).not.toMatchObject({ writeOperation: { options: { a: 'b' } } })
  })
})

describe('a view', () => {
  it('replaces the one of the same name', async () => {
    expect(await commandOf((frame) => frame.createOrReplaceTempView('t'))).toEqual({
      createDataframeView: { input: TWEETS, name: 't', replace: true },
    })
  })
})
