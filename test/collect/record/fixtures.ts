// Small records of each format, one for each way in which a tweet can refer to others.

const X_TIME = 'Tue Mar 24 10:45:02 +0000 2015'
const ISO_TIME = '2021-04-08T19:34:16.000Z'

const xV1User = (id: string, more: object = {}) => ({
  id_str: id,
  name: `Name ${id}`,
  screen_name: `s_${id}`,
  location: 'Tarn',
  verified: true,
  followers_count: 7,
  friends_count: '8',
  statuses_count: 9,
  listed_count: null,
  favourites_count: -1,
  profile_image_url_https: 'https://images.example/1.jpg',
  ...more,
})
export const xV1Tweet = (id: string, more: object = {}) => ({
  id_str: id,
  created_at: X_TIME,
  text: `text of ${id}`,
  lang: 'en',
  retweet_count: 3,
  favorite_count: 5,
  user: xV1User(`u${id}`),
  ...more,
})

export const X_V1: readonly (object | string)[] = [
  xV1Tweet('1'),
  xV1Tweet('2', { text: 'RT @s_u10: text…', retweeted_status: xV1Tweet('10') }),
  xV1Tweet('3', {
    text: 'RT @s_u10: q',
    retweeted_status: xV1Tweet('10', { quoted_status: xV1Tweet('100') }),
  }),
  xV1Tweet('4', {
    quoted_status: xV1Tweet('10'),
    quoted_status_id_str: '10',
    extended_tweet: { full_text: 'all' },
  }),
  xV1Tweet('5', {
    in_reply_to_status_id_str: '10',
    in_reply_to_user_id_str: 'u10',
    in_reply_to_screen_name: 's_u10',
  }),
  xV1Tweet('6', { quoted_status_id_str: '10' }),
  xV1Tweet('7', { text: 'RT @s_u11: RT @s_u10: text', retweeted_status: xV1Tweet('10') }),
  xV1Tweet('8', { user: { id_str: 'u8' }, lang: 'None', text: '', full_text: 'braces }{" and "quotes"\n😁' }),
  xV1Tweet('9', { created_at: 'Tue Feb 30 10:45:02 +0000 2015' }),
  xV1Tweet('None'),
  xV1Tweet('11', { user: {} }),
  xV1Tweet('12', { retweeted_status: xV1Tweet('10', { user: null }) }),
  xV1Tweet('13', { retweeted_status: xV1Tweet('10', { created_at: 1 }) }),
  xV1Tweet('14', { created_at: 'Tue Mar 24 23:45:02 -0130 2015', coordinates: { coordinates: [1, 2] } }),
  xV1Tweet('15', { user: xV1User('u'.repeat(65)) }),
  xV1Tweet('16', { text: 'RT @s_u10: gone', user: xV1User('u16', { followers_count: '1.5', location: '' }) }),
]

const xV2User = (id: string) => ({
  id,
  name: `Name ${id}`,
  username: `s_${id}`,
  location: 'Tarn',
  verified: false,
  profile_image_url: 'https://images.example/1.jpg',
  public_metrics: { followers_count: 7, following_count: 8, tweet_count: 9, listed_count: 1, like_count: 2 },
})
export const xV2Tweet = (id: string, more: object = {}) => ({
  id,
  author_id: `u${id}`,
  created_at: ISO_TIME,
  text: `text of ${id}`,
  lang: 'en',
  public_metrics: { retweet_count: 3, like_count: 5 },
  ...more,
})
const referring = (...references: readonly (readonly [string, string])[]) => ({
  referenced_tweets: references.map(([type, id]) => ({ type, id })),
})
/** A line of the stream: a tweet with those that it refers to, and the users of all. */
export const xV2Line = (data: object, tweets: readonly object[] = [], more: object = {}) => ({
  data,
  includes: {
    users: [data, ...tweets].map((one) => xV2User('author_id' in one ? String(one.author_id) : '')),
    tweets,
  },
  ...more,
})
const EDITS = ['1576994746135764992', '1576994789110992896']

export const X_V2: readonly (object | string)[] = [
  xV2Line(xV2Tweet('1')),
  xV2Line(xV2Tweet('2', { ...referring(['retweeted', '10']), text: 'RT @s_u10: cut…' }), [xV2Tweet('10')]),
  xV2Line(xV2Tweet('3', { ...referring(['retweeted', '10']), text: 'RT @s_u10: q' }), [
    xV2Tweet('10', referring(['quoted', '100'])),
    xV2Tweet('100'),
  ]),
  xV2Line(xV2Tweet('4', referring(['quoted', '10'])), [
    xV2Tweet('10', referring(['quoted', '100'])),
    xV2Tweet('100'),
  ]),
  xV2Line(xV2Tweet('5', { ...referring(['replied_to', '10']), in_reply_to_user_id: 'u10' })),
  xV2Line(xV2Tweet('6', referring(['replied_to', '10'], ['quoted', '20'])), [xV2Tweet('10'), xV2Tweet('20')]),
  xV2Line(xV2Tweet('7', referring(['quoted', '10']))),
  xV2Line(xV2Tweet('8', { note_tweet: { text: 'the whole' } }), [], {
    matching_rules: [
      { id: '1', tag: '' },
      { id: '2', tag: 'lamps' },
    ],
  }),
  xV2Line(
    xV2Tweet(EDITS[1] ?? '', { edit_history_tweet_ids: EDITS, created_at: '2022-10-03T17:57:11.000Z' }),
  ),
  {
    data: xV2Tweet('9', {
      ...referring(['retweeted', '1380175475545362437']),
      text: 'RT @gone: text…',
      entities: {
        mentions: [
          { start: 30, username: 'z' },
          { start: 3, username: 'gone', id: '78' },
        ],
      },
    }),
    includes: { users: [xV2User('78'), xV2User('u9')] },
  },
  { data: xV2Tweet('11', referring(['retweeted', '1380175475545362437'])) },
  { data: xV2Tweet('12', { author_id: null }) },
  { data: xV2Tweet('13', { created_at: 'soon' }) },
  { data: xV2Tweet('1377650090978992134', { created_at: undefined }) },
  { data: { text: 'x' }, includes: {} },
  { data: '1' },
  { errors: [{ title: 'x' }] },
  { meta: { result_count: 0 } },
  {
    data: [xV2Tweet('21', referring(['retweeted', '30'])), xV2Tweet('22'), null, { id: '23' }],
    includes: { users: [xV2User('u30'), xV2User('u22')], tweets: [xV2Tweet('30')] },
  },
]

const SEEN_US = 1_725_911_162_329_308
const POST = 'at://did:plc:root/app.bsky.feed.post/3l3pte3p2e325'
export const jetstream = (collection: string, commit: object, did = 'did:plc:aaa') => ({
  did,
  time_us: SEEN_US,
  kind: 'commit',
  commit: { rev: 'r', operation: 'create', rkey: '3l3qo2vuowo2b', cid: 'c', collection, ...commit },
})
const to = (uri: string) => ({ uri, cid: 'c' })
const post = (record: object) =>
  jetstream('app.bsky.feed.post', { record: { text: 'words', createdAt: 'x', ...record } })
const repost = (uri: string, more: object = {}) =>
  jetstream('app.bsky.feed.repost', { record: { subject: to(uri), ...more } })

export const JETSTREAM: readonly (object | string)[] = [
  post({ langs: ['pt-BR', 'en'] }),
  post({ reply: { parent: to(POST), root: to('at://did:plc:x/app.bsky.feed.post/1') } }),
  post({ embed: { record: to(POST) } }),
  post({ embed: { record: { record: to(POST) }, media: {} } }),
  post({ embed: { record: to('at://did:plc:root/app.bsky.graph.list/3l3pte3p2e325') } }),
  post({ reply: [], embed: 'x', facets: {}, langs: [] }),
  repost(POST),
  repost(POST, { via: to('at://did:plc:via/app.bsky.feed.repost/3l3pte3p2e326') }),
  repost('at://did:plc:root/app.bsky.feed.post/self'),
  repost('at://did:plc:root/app.bsky.feed.post/3zzzzzzzzzzzz'),
  repost('at://handle.example/app.bsky.feed.post/3l3pte3p2e325'),
  jetstream('app.bsky.feed.like', { record: { subject: to(POST) } }),
  jetstream('app.bsky.feed.like', { record: { subject: 'x' } }),
  jetstream('app.bsky.graph.follow', { record: { subject: 'did:plc:followed' } }),
  jetstream('app.bsky.graph.follow', { record: { subject: null } }),
  jetstream('app.bsky.feed.post', { operation: 'delete' }),
  jetstream('app.bsky.actor.profile', { record: {} }),
  { did: 'did:plc:aaa', time_us: SEEN_US, kind: 'account', account: { active: false } },
  { did: 'did:plc:aaa', time_us: SEEN_US, kind: 'account', account: { active: true } },
  { did: 'did:plc:aaa', time_us: SEEN_US, kind: 'identity', identity: {} },
]

export const COMPLIANCE: readonly (object | string)[] = [
  { delete: { status: { id_str: '1', user_id_str: '2' }, timestamp_ms: '1725911162329' } },
  { data: { user_delete: { user: { id: '2' }, event_at: ISO_TIME } } },
  { withheld: { withheld_in_countries: ['DE'] } },
  { limit: { track: 1 } },
  { id: '1576994746135764992', action: 'delete', redacted_at: ISO_TIME },
]

export const FLAT: readonly (object | string)[] = [
  {
    status_id: '1',
    status_created_at: X_TIME,
    searched_names: ' lamps ',
    sentiment: '1',
    rt_status_id: '10',
    rt_status_created_at: X_TIME,
    rt_status_text: 'text of 10',
    rt_status_favorited: false,
    rt_status_favorite_count: '5',
    rt_status_user_id: 'u10',
  },
  {
    status_id: '2',
    status_created_at: X_TIME,
    searched_names: 'None',
    status_user_id: 'u2',
    status_text: 'x',
    status_kind: 'reply',
    rt_status_id: '3',
  },
  {
    status_id: '3',
    status_created_at: X_TIME,
    status_user_id: 'u3',
    status_text: 'so good',
    status_lang: 'en',
  },
  { status_id: '4', status_created_at: X_TIME, status_kind: 'retweet', status_user_id: 'u4' },
  { status_id: 'None', rt_status_id: '10' },
  { status_id: '5', status_created_at: X_TIME, rt_status_id: '10', rt_status_created_at: X_TIME },
  '{"status_id":"6"',
  'Exceeded connection limit for user',
]
