import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import type { TransformBench } from './cascade-frames.ts'
import { transformBench } from './cascade-frames.ts'
import { readRecords } from './read-records.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const AT = '2022-07-06T18:40:40.000Z'
const TWEET = '1265324480517361664'
const forgotten = (name: string) => `a notice by which nothing is forgotten: ${name}`

/** Each event with what it comes to: kind, tweet, user, reason. */
const EVENTS: readonly (readonly [object, readonly (string | null)[]])[] = [
  // X API v1.1, at the top of a record
  [
    { delete: { status: { id: 12, id_str: '12', user_id: 3, user_id_str: '3' } } },
    ['delete', '12', '3', null],
  ],
  [
    { delete: { status: { id: 12, user_id: 3 }, timestamp_ms: '1400000000000' } },
    ['delete', '12', '3', null],
  ],
  [
    { delete: { favorite: { tweet_id: 12, user_id: 3 } } },
    ['delete', null, null, 'a deleted like, of which nothing is kept'],
  ],
  [{ status_withheld: { id: 12, user_id: 3, withheld_in_countries: ['XY'] } }, ['delete', '12', '3', null]],
  [
    { status_withheld: { id: 12, user_id: 3, withheld_in_countries: ['DE', 'AR'] } },
    [null, null, null, forgotten('status_withheld')],
  ],
  [{ user_withheld: { id: 3, withheld_in_countries: ['XX'] } }, ['delete', null, '3', null]],
  [{ user_delete: { id: 3 } }, ['delete', null, '3', null]],
  [{ scrub_geo: { user_id: 3, up_to_status_id: 12 } }, ['scrub_geo', '12', '3', null]],
  [{ limit: { track: 17 } }, [null, null, null, forgotten('limit')]],
  [{ warning: { code: 'FALLING_BEHIND' } }, [null, null, null, forgotten('warning')]],
  // X API v2, under `data`
  [{ data: { delete: { tweet: { id: '12', author_id: '3' }, event_at: AT } } }, ['delete', '12', '3', null]],
  [{ data: { drop: { tweet: { id: '12' }, event_at: AT } } }, ['delete', '12', null, null]],
  [{ data: { undrop: { tweet: { id: '12' }, event_at: AT } } }, [null, null, null, forgotten('undrop')]],
  [{ data: { user_suspend: { user: { id: '3' }, event_at: AT } } }, ['delete', null, '3', null]],
  [{ data: { user_unsuspend: { user: { id: '3' } } } }, [null, null, null, forgotten('user_unsuspend')]],
  [{ data: { user_scrub_geo: { user: { id: '3' }, up_to_tweet_id: '12' } } }, ['scrub_geo', '12', '3', null]],
  [{ data: { user_protect: {} } }, ['delete', null, null, 'a compliance event that names nobody']],
  // A batch job's result
  [{ id: TWEET, action: 'delete', created_at: AT, reason: 'deleted' }, ['delete', TWEET, TWEET, null]],
  [
    { id: '1482680858', action: 'delete', created_at: '2013-06-04T16:25:04+00:00' },
    ['delete', null, '1482680858', null],
  ],
  [{ id: '20', action: 'delete', created_at: '2006-03-21T20:50:14.000Z' }, ['delete', '20', '20', null]],
  [{ id: TWEET, action: 'delete', reason: 'scrub_geo' }, ['scrub_geo', TWEET, null, null]],
  [
    { id: TWEET, action: 'undelete' },
    ['delete', TWEET, TWEET, 'a compliance action that deletes nothing: undelete'],
  ],
]

describe('a compliance event', () => {
  it('names a tweet, a user or a place to forget, or says why it does not', async () => {
    const rows = await readRecords(
      bench,
      EVENTS.map(([event]) => event),
    )
    expect(rows.map((row) => [row.kind, row.tweet_id, row.author_id, row.reject_reason])).toEqual(
      EVENTS.map(([, expected]) => expected),
    )
    expect([rows[1], rows[10]].map((row) => row?.tweeted_at?.toString())).toEqual([
      '2014-05-13T16:53:20.000000Z',
      '2022-07-06T18:40:40.000000Z',
    ])
  })
})
