import fc from 'fast-check'

import { simulateRecords } from '../../src/collect/sources/simulate.ts'
import { COMPLIANCE, FLAT, JETSTREAM, X_V1, X_V2 } from '../collect/record/fixtures.ts'
import { randomFlat, randomXV1, randomXV2 } from '../collect/record/random-records.ts'

const HOUR_MS = 3_600_000
const SLOT_END_MS = Date.UTC(2018, 11, 10)
const SEED = 20_181_209
const RANDOM_RECORDS = 300
const SIMULATED_RECORDS = 1_500

/** The slot that holds all records with a time of their own. */
export const INVENTED_SLOT = new Date(SLOT_END_MS).toISOString()

const asLine = (record: string | object): string =>
  typeof record === 'string' ? record : JSON.stringify(record)

/** Small records of all formats, moved to the hours of the simulated stream. */
const fixtures = [...X_V1, ...X_V2, ...JETSTREAM, ...COMPLIANCE, ...FLAT].map(asLine).map((line) =>
  line
    .replaceAll('Tue Mar 24 ', 'Sun Dec 09 ')
    .replaceAll(' +0000 2015', ' +0000 2018')
    .replaceAll('2021-04-08T', '2018-12-09T')
    .replaceAll(/"time_us":\d+/g, `"time_us":${(SLOT_END_MS - HOUR_MS) * 1_000}`),
)

const page = {
  data: ['901', '902'].map((id) => ({
    id,
    author_id: `u${id}`,
    created_at: '2018-12-09T20:00:00.000Z',
    text: `#page ${id}`,
  })),
  includes: {
    users: [{ id: 'u901', username: 's_901', location: 'Lyon', public_metrics: { followers_count: 40 } }],
  },
}

const retweet = (id: string, parent: string) => ({
  status_id: id,
  status_created_at: 'Sun Dec 09 21:00:00 +0000 2018',
  searched_names: 'circle',
  status_kind: 'retweet',
  status_user_id: `u${id}`,
  status_user_followers_count: '99999999999999999999',
  status_parent_id: parent,
  rt_status_id: '800',
  rt_status_created_at: 'Sun Dec 09 20:00:00 +0000 2018',
  rt_status_user_id: 'u800',
  rt_status_user_followers_count: '12',
  rt_status_text: 'İstanbul’da #fener ﬁrst STRASSE straße @a.b.example https://www.example.org/x',
})
/** Each says that it was made from the next, and the last from the first, all in one second. */
const circle = [retweet('811', '812'), retweet('812', '813'), retweet('813', '811'), retweet('814', '814')]

const simulated = [
  ...simulateRecords({
    seed: SEED,
    records: SIMULATED_RECORDS,
    startMs: SLOT_END_MS - 40 * HOUR_MS,
    endMs: SLOT_END_MS + HOUR_MS,
    shares: { namingParents: 0.4, broken: 0.01 },
  }),
]

/** Records of all formats, whole, odd and broken, one a line. */
export const inventedRecords: readonly string[] = [
  ...fixtures,
  ...[page, ...circle].map(asLine),
  ...fc
    .sample(fc.oneof(randomFlat, randomXV1, randomXV2), { seed: SEED, numRuns: RANDOM_RECORDS })
    .map(asLine),
  ...simulated.map(({ data }) => data),
]

/** Who follows whom in some of the simulated cascades: those whom they really retweeted from. */
export function inventedFollows(): readonly string[] {
  const retweets = simulated.flatMap(({ data, fault, trueParentId }) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the simulation writes texts alone
    const record = fault === null ? (JSON.parse(data) as Readonly<Record<string, string>>) : {}
    const { status_id: id, status_user_id: user, rt_status_id: root } = record
    return id && user && root && user !== 'None' ? [{ id, user, root, parentId: trueParentId }] : []
  })
  const users = new Map(retweets.map(({ id, user }) => [id, user]))
  return retweets.flatMap(({ user, root, parentId }) => {
    const followed = users.get(parentId)
    return followed !== undefined && BigInt(root) % 3n === 0n ? [`${user}\t${followed}`] : []
  })
}
