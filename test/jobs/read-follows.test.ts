import { gzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { schema, t } from 'spark-connect-js'

import { readFollows } from '../../src/jobs/read-follows.ts'
import type { TransformBench } from '../transforms/cascade-frames.ts'
import { transformBench } from '../transforms/cascade-frames.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const follow = (follower_id: string, followee_id: string, of_root: string | null = null) => ({
  of_root,
  follower_id,
  followee_id,
})

const read = (...paths: readonly string[]) => readFollows({ spark: bench.spark, paths, options: {} })

describe('a follow list', () => {
  it('is lines of two columns, or three with the root that they are of, or Parquet, all together', async () => {
    const pairs = await bench.write('follower\tfollowee\n1\t2\nodd\n\t3\n3\t \n4 \t5\r\n', 'tsv')
    const ofRoots = await bench.write(gzipSync('9\t1\t2\n9\t1\t2\ta fourth\n'), 'tsv.gz')
    const table = `${await bench.write('')}.parquet`
    await bench.spark
      .createDataFrame(
        [
          { followee_id: 7n, follower_id: 6n },
          { followee_id: null, follower_id: 6n },
        ],
        schema({ followee_id: t.long.nullable, follower_id: t.long }),
      )
      .write.parquet(table)
    const rows = await (await read(pairs, ofRoots, table)).collect()
    expect(rows).toEqual([
      follow('follower', 'followee'),
      follow('1', '2'),
      follow('4', '5'),
      follow('1', '2', '9'),
      follow('6', '7'),
    ])
  })

  it.each([
    ['a,b\n', 'begins with a line of 1 column; give lines of follower<TAB>followee'],
    ['1\t2\t3\t4\n', 'begins with a line of 4 columns;'],
    ['', 'is empty;'],
  ])('is refused by name where it is %j', async (content, sentence) => {
    const path = await bench.write(content, 'tsv')
    await expect(read(path)).rejects.toMatchObject({
      name: 'FollowsError',
      code: 'bad_follows',
      message: expect.stringContaining(`--follows ${path} ${sentence}`),
    })
  })

  it('is refused where Parquet lacks its columns', async () => {
    const table = `${await bench.write('')}.parquet`
    await bench.spark.createDataFrame([{ who: 'a' }], schema({ who: t.string })).write.parquet(table)
    await expect(read(table)).rejects.toThrow(
      `--follows ${table} has no column follower_id and no followee_id`,
    )
  })
})
