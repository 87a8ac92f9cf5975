import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { SparkSession } from 'spark-connect-js'

import { openSession } from './open-session.ts'

let spark: SparkSession
beforeAll(async () => {
  spark = await openSession()
})
afterAll(() => spark[Symbol.asyncDispose]())

it('a column is read the same in all its parts, with nulls, emoji and nested values in some', async () => {
  const rows = await spark
    .sql(
      `select id, if(id % 7 = 0, null, if(id = 300, '🌊', concat('text ', id))) as text, id % 2 = 0 as is_even,
         if(id % 5 = 0, null, array(id, null)) as list, map(id, if(id % 3 = 0, null, 'x')) as map,
         if(id % 4 = 0, null, named_struct('a', id, 'b', if(id % 3 = 0, null, date_add(date'2020-01-01', 1)))) as struct,
         cast(if(id % 2 = 0, id, -id) as decimal(30, 1)) as number
       from range(0, 1000, 1, 1)`,
    )
    .collect()
  const expected = Array.from({ length: 1000 }, (_, row) => {
    const id = BigInt(row)
    return {
      id,
      text: row % 7 === 0 ? null : row === 300 ? '🌊' : `text ${row}`,
      is_even: row % 2 === 0,
      list: row % 5 === 0 ? null : [id, null],
      map: new Map([[id, row % 3 === 0 ? null : 'x']]),
      struct: row % 4 === 0 ? null : { a: id, b: row % 3 === 0 ? null : '2020-01-02' },
      number: `${row % 2 === 0 ? '' : '-'}${row}.0`,
    }
  })
  expect(rows).toEqual(expected)
})

it('a text keeps the mark of byte order that it begins with', async () => {
  expect(await spark.sql(String.raw`select '\ufeffa' as text, array('\ufeffb') as list`).collect()).toEqual([
    { text: '\ufeffa', list: ['\ufeffb'] },
  ])
})

it('a column may have the name of something that every object has', async () => {
  const [row] = await spark.sql('select 1 as `__proto__`, 2 as constructor').collect()
  expect(Object.entries(row ?? {})).toEqual([
    ['__proto__', 1],
    ['constructor', 2],
  ])
})

it('rows without columns are as many as they are', async () => {
  expect(await spark.range(0n, 3n).drop('id').collect()).toEqual([{}, {}, {}])
})

it('columns that are named by numbers keep their values', async () => {
  expect(await spark.sql("select 'b' as b, 2 as `2`, 1 as `1`").collect()).toEqual([{ b: 'b', 1: 1, 2: 2 }])
})

it('two columns of one name are an error, not one of them', async () => {
  await expect(spark.sql('select 1 as a, 2 as a, 3 as b').collect()).rejects.toThrow(
    'two columns are named "a"',
  )
})
