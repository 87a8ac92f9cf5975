import type { Column, ColumnsOf, DataFrame, t } from 'spark-connect-js'
import { array, concat, lit, sha2, when } from 'spark-connect-js/functions'
import type { ParsedRecord } from '../../schema/observation.ts'
import type { Forgotten } from '../../schema/forgotten.ts'

type Records = DataFrame<typeof ParsedRecord>
type Text = Column<typeof t.string.nullable>

const SHA_BITS = 256

/** As `subjectHashOf` makes it of kind and id; null for no id. */
const hashOf = (kind: 'author' | 'tweet', id: Text) => sha2(concat(lit(`${kind}:`), id), SHA_BITS)

/**
 * Removes what was to be forgotten: tweets and all that spreads them, and all that forgotten users wrote or that spreads
 * it. Where only a parent is forgotten, the tweet stays and names it no longer. Records that are no observations pass.
 */
export const withoutForgotten =
  (forgotten: DataFrame<typeof Forgotten>) =>
  (records: Records): Records =>
    records
      .transform(without(forgotten, 'tweet', 'tweet_id'))
      .transform(without(forgotten, 'tweet', 'root_id'))
      .transform(without(forgotten, 'author', 'author_id'))
      .transform(without(forgotten, 'author', 'root_author_id'))
      .transform(withoutParent(forgotten, 'tweet', 'parent_id'))
      .transform(withoutParent(forgotten, 'author', 'parent_author_id'))

const without =
  (
    forgotten: DataFrame<typeof Forgotten>,
    kind: 'author' | 'tweet',
    column: 'tweet_id' | 'root_id' | 'author_id' | 'root_author_id',
  ) =>
  (records: Records): Records =>
    records.join(forgotten.hint('broadcast'), {
      on: (record, gone) => hashOf(kind, record[column]).eq(gone.subject_hash),
      how: 'left_anti',
    })

const withoutParent =
  (
    forgotten: DataFrame<typeof Forgotten>,
    kind: 'author' | 'tweet',
    column: 'parent_id' | 'parent_author_id',
  ) =>
  (records: Records): Records =>
    records
      .join(forgotten.hint('broadcast'), {
        on: (record, gone) => hashOf(kind, record[column]).eq(gone.subject_hash),
        how: 'left',
      })
      .withColumns((c) => ({
        parent_id: when(c.subject_hash.isNull(), c.parent_id),
        parent_author_id: when(c.subject_hash.isNull(), c.parent_author_id),
        parent_screen_name: when(c.subject_hash.isNull(), c.parent_screen_name),
      }))
      .drop('subject_hash')

/** The hashes of all that a record names: the tweet, its root and parent, and who wrote them. */
export const namedSubjects = (record: ColumnsOf<typeof ParsedRecord>) =>
  array(
    hashOf('tweet', record.tweet_id),
    hashOf('tweet', record.root_id),
    hashOf('tweet', record.parent_id),
    hashOf('author', record.author_id),
    hashOf('author', record.root_author_id),
    hashOf('author', record.parent_author_id),
  )
