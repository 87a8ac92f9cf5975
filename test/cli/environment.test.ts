import { describe, expect, it } from '@jest/globals'

import { readEnvironment } from '../../src/cli/environment.ts'

describe('the environment', () => {
  it.each([
    'sc://localhost',
    'sc://127.0.0.1:15002',
    'sc://127.0.0.1:15002/;token=abc-_=',
    'sc://[::1]:15002/;use_ssl=true;token=a',
    'sc://spark.example.org:443/;',
  ])('takes %s as a Spark address', (SPARK_REMOTE) => {
    expect(readEnvironment({ SPARK_REMOTE })).toMatchObject({ SPARK_REMOTE })
  })

  it.each([
    'localhost:15002',
    'http://localhost',
    'sc://',
    'sc://host:99999',
    'sc://host/path;token=hunter2',
    'sc://a b',
  ])('refuses %s without repeating it', (SPARK_REMOTE) => {
    const read = () => readEnvironment({ SPARK_REMOTE })
    expect(read).toThrow(/^SPARK_REMOTE is not a Spark Connect address; write it as sc:/)
    expect(read).not.toThrow(/hunter2/)
  })

  it('takes a variable that is set to nothing as not set', () => {
    expect(readEnvironment({ SPARK_REMOTE: '', DATABASE_URL: ' ' })).toMatchObject({
      SPARK_REMOTE: undefined,
      DATABASE_URL: undefined,
    })
  })
})
