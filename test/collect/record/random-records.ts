import fc from 'fast-check'

/** Texts as people and attackers write them, and what stands for unknown. */
const text = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'None',
      '',
      ' ',
      '}{"a":1',
      '\\',
      '"\n\t"',
      '\u0000',
      '\u2028',
      'RT @s_1: RT @s_2: x',
    ),
  },
)
const mostlyText = fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: fc.constant(null) })
const id = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.bigInt({ min: 1_300_000_000_000_000_000n, max: 1_900_000_000_000_000_000n }).map(String),
  },
  { weight: 2, arbitrary: fc.constantFrom('1', '2', '3') },
  { weight: 1, arbitrary: fc.constantFrom('None', '', null) },
)
const count = fc.oneof(
  { weight: 5, arbitrary: fc.nat() },
  { weight: 2, arbitrary: fc.constantFrom('12', '1.5', '-1', '', 'None', null, -3, '9007199254740991') },
)
const moment = fc.date({ min: new Date('2010-12-01'), max: new Date('2030-01-01'), noInvalidDate: true })
const isoTime = fc.oneof(
  { weight: 8, arbitrary: moment.map((date) => date.toISOString()) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(null, 'soon', '2021-02-30T10:00:00Z', '2021-04-08T19:34:16', '2021-04-08'),
  },
)
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const xTime = fc.oneof(
  {
    weight: 8,
    arbitrary: moment.map((date) => {
      const [month, day] = [MONTHS[date.getUTCMonth()], String(date.getUTCDate()).padStart(2, '0')]
      return `${DAYS[date.getUTCDay()]} ${month} ${day} ${date.toISOString().slice(11, 19)} +0000 ${date.getUTCFullYear()}`
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      null,
      'None',
      'Tue Feb 30 10:45:02 +0000 2015',
      'Tue Mar 24 25:45:02 +0000 2015',
    ),
  },
)
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })

const xV1User = fc.record({
  id_str: id,
  name: mostlyText,
  screen_name: fc.constantFrom('s_1', 's_2', 's_3', null),
  location: mostlyText,
  followers_count: count,
  friends_count: count,
  statuses_count: count,
  listed_count: count,
  favourites_count: count,
  profile_image_url_https: mostlyText,
})
const xV1Status = {
  id_str: id,
  created_at: xTime,
  text: mostlyText,
  full_text: sometimes(text),
  extended_tweet: sometimes(fc.record({ full_text: mostlyText })),
  lang: fc.constantFrom('en', 'de', 'und', null),
  retweet_count: count,
  favorite_count: count,
  user: xV1User,
}
// No tweet spreads itself.
const ownId = fc.constantFrom('1400000000000000011', '21', 'None', null)

export const randomXV1 = fc.record({
  ...xV1Status,
  id_str: ownId,
  in_reply_to_status_id_str: sometimes(id),
  in_reply_to_user_id_str: sometimes(id),
  quoted_status_id_str: sometimes(id),
  quoted_status: sometimes(fc.record(xV1Status)),
  retweeted_status: sometimes(fc.record({ ...xV1Status, quoted_status: sometimes(fc.record(xV1Status)) })),
})

const xV2Id = fc.constantFrom('1400000000000000001', '1400000000000000002', '1400000000000000003', 'None')
const xV2Person = fc.constantFrom('11', '12', '13', null)
const xV2TweetWith = (one: fc.Arbitrary<string | null>, author: fc.Arbitrary<string | null>) =>
  fc.record({
    id: one,
    author_id: author,
    created_at: isoTime,
    text: mostlyText,
    note_tweet: sometimes(fc.record({ text: mostlyText })),
    lang: fc.constantFrom('en', 'de', 'und', null),
    in_reply_to_user_id: sometimes(xV2Person),
    // X never leaves a version without an id.
    edit_history_tweet_ids: sometimes(
      fc.array(
        one.filter((version) => version !== null && version !== 'None'),
        { maxLength: 3 },
      ),
    ),
    referenced_tweets: sometimes(
      fc.array(fc.record({ type: fc.constantFrom('retweeted', 'quoted', 'replied_to', 'x'), id: xV2Id }), {
        maxLength: 3,
      }),
    ),
    public_metrics: sometimes(fc.record({ retweet_count: count, like_count: count })),
    entities: sometimes(
      fc.record({
        mentions: fc.array(
          fc.record({
            start: fc.constantFrom(3, '3', 9),
            id: sometimes(xV2Person),
            username: fc.constantFrom('s_1', 's_2'),
          }),
          { maxLength: 2 },
        ),
      }),
    ),
  })
const xV2User = fc.record({
  id: xV2Person,
  name: mostlyText,
  username: fc.constantFrom('s_1', 's_2', 's_3'),
  location: mostlyText,
  profile_image_url: mostlyText,
  public_metrics: sometimes(
    fc.record({
      followers_count: count,
      following_count: count,
      tweet_count: count,
      listed_count: count,
      like_count: count,
    }),
  ),
})
export const randomXV2 = fc.record({
  data: xV2TweetWith(ownId, xV2Person),
  includes: sometimes(
    fc.record({
      tweets: fc.array(xV2TweetWith(xV2Id, fc.constantFrom('11', '12', '13')), { maxLength: 3 }),
      users: fc.array(xV2User, { maxLength: 4 }),
    }),
  ),
  matching_rules: sometimes(fc.array(fc.record({ tag: mostlyText }), { maxLength: 2 })),
})

export const randomFlat = fc.record({
  status_id: id,
  status_created_at: xTime,
  searched_names: mostlyText,
  status_kind: fc.constantFrom('original', 'retweet', 'quote', 'reply', 'like', 'None', undefined),
  status_user_id: id,
  status_text: mostlyText,
  status_lang: fc.constantFrom('en', 'de', 'und', 'None'),
  sentiment: sometimes(fc.constantFrom('1', '0', 'None', '7')),
  sentiment_score: sometimes(fc.constantFrom('0.5', 'None', 'x')),
  rt_status_id: sometimes(id),
  rt_status_created_at: xTime,
  rt_status_text: mostlyText,
  rt_status_user_id: id,
  rt_status_user_followers_count: count,
})
