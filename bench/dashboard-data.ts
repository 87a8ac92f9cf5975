import type { Connection } from 'mysql2/promise'

/** The bench's newest slot. */
const BENCH_SLOT = '2026-03-05 12:45:00'
const BENCH_TERM = 'everything'
const EARLIER_SLOTS = 12
const EARLIER_AUTHORS = 20_000

/** How many rows are made. */
export interface DataSize {
  readonly authors: number
}

// Powers of ten as in real slots: few have many retweets, most have one.
const score = (term: string, slot: string, from: string): string => `
  insert into author_score (term, window_hours, slot_end, author_id, kernel, depth_method, tweets, retweets, claimed_retweets,
    coverage, favourites, followers, retweeters, non_primary_retweets, non_primary_low, non_primary_high, mean_depth, max_depth,
    amplification, engagement_rate, sentiment, retweets_part, favourites_part, followers_part, depth_part, influence, rank_in_term, percentile)
  select '${term}', 24, ${slot}, concat('1', lpad(seq, 9, '0')), 'calibrated', elt(1 + seq % 4, 'expected', 'expected', 'explicit', 'none'),
    1 + seq % 9, amount, amount, 1, amount * 2, amount * 100, amount, amount * 0.3, amount * 0.2, amount * 0.4, 1.4, 2.8, 0.1, 0.01,
    (cast(seq % 21 as signed) - 10) / 10, part, part, part, part, part, seq, 50
  from (select seq, floor(pow(10, 5 * (1 - ln(seq) / ln(1000001)))) as amount,
    round(100 * (1 - ln(seq) / ln(1000001)), 2) as part from ${from}) as invented`

/** Statements that fill empty tables with one large slot and some smaller ones before it. Its numbers come by MariaDB's sequences. */
function benchStatements({ authors }: DataSize): readonly string[] {
  const newest = `timestamp'${BENCH_SLOT}'`
  const all = `seq_1_to_${authors}`
  const earlier = Array.from(
    { length: EARLIER_SLOTS },
    (_, index) => `${newest} - interval ${15 * (index + 1)} minute`,
  )
  const slots = [newest, ...earlier]
  const key = (slot: string): string => `'${BENCH_TERM}', 24, ${slot}`
  return [
    `insert into author (author_id, name, screen_name, location, followers, seen_at)
      select concat('1', lpad(seq, 9, '0')), concat('Author ', seq), concat('author_', seq), concat('Place ', seq % 500), 1000, ${newest} from ${all}`,
    `insert into location (location_hash, location, country, resolver, resolved_at)
      select sha2(concat('Place ', seq), 256), concat('Place ', seq), elt(1 + seq % 7, 'US', 'GB', 'BR', 'DE', 'IN', 'KE', null), 'bench', ${newest} from seq_0_to_499`,
    score(BENCH_TERM, newest, all),
    ...earlier.map((slot) => score(BENCH_TERM, slot, `seq_1_to_${EARLIER_AUTHORS}`)),
    `insert into cascade_score (term, window_hours, slot_end, root_id, author_id, kernel, depth_method, tweeted_at, text, retweets, retweeters, non_primary_retweets, mean_depth, max_depth, seen_at)
      select ${key(newest)}, concat('t', seq), concat('1', lpad(1 + seq % 100000, 9, '0')), 'calibrated', 'expected', ${newest} - interval seq % 1400 minute,
      concat('What was said #topic', seq % 50), 1 + seq % 500, 1, 1.5, 1.4, 2.8, ${newest} from seq_1_to_${Math.min(authors, 300_000)}`,
    `insert into influence_edge (term, window_hours, slot_end, amplifier_id, author_id, retweets, expected_children, amplifier_followers, amplifier_community, author_community)
      select ${key(newest)}, concat('1', lpad(100 + (seq * 37) % 5000, 9, '0')), concat('1', lpad(1 + floor(seq / 10), 9, '0')), 1 + seq % 40, 2.5, 1000, concat('c', seq % 6), concat('c', seq % 6) from seq_1_to_${Math.min(authors, 200_000)}`,
    ...['hashtag', 'mention', 'domain', 'word'].map(
      (
        kind,
      ) => `insert into topic_score (term, window_hours, slot_end, kind, topic, volume, previous_volume, change_percent, authors, reach, sentiment, rank_in_kind)
      select ${key(newest)}, '${kind}', concat('topic', seq), 100000 div seq, 50000 div seq, 100 - cast(seq as signed), 100, 10000, 0.1, seq from seq_1_to_200`,
    ),
    `insert into geography_score (term, window_hours, slot_end, country, volume, share, authors, by_coordinates, by_place, by_location, reach, sentiment)
      select ${key(newest)}, code, 90000 div place, 1, 100, 1, 1, 1, 100000, 0.1 from (
      select 'US' as code, 1 as place union select 'GB', 2 union select 'BR', 3 union select 'DE', 4 union select 'IN', 5 union select 'unknown', 6 union select 'PL', 7) as countries`,
    ...slots.map(
      (
        slot,
      ) => `insert into sentiment_score (term, window_hours, slot_end, author_id, volume, positive, neutral, negative, unknown, mean)
      values (${key(slot)}, '', 1000000, 400000, 300000, 200000, 100000, 0.1)`,
    ),
    ...slots.map(
      (
        slot,
      ) => `insert into slot_run (slot_end, window_hours, state, kernel, fence, observations, duplicates, rejected, cascades, authors, started_at, published_at)
      values (${slot}, 24, 'published', 'calibrated', 1, 1000000, 1000, 5, 100000, ${authors}, ${slot} + interval 1 minute, ${slot} + interval 2 minute)`,
    ),
    'analyze table author_score, author, cascade_score, influence_edge, topic_score, sentiment_score',
  ]
}

/** Fills a database, and says how long the rows of the large slot took. */
export async function fillTables(connection: Connection, size: DataSize): Promise<void> {
  for (const statement of benchStatements(size)) await connection.query(statement)
}
