import type { DataFrame, t } from 'spark-connect-js'
import { elementAt, nullif, size, split, trim, when } from 'spark-connect-js/functions'
import type { Follow } from '../../schema/parent.ts'

const FIELDS = [2, 3] as const

/**
 * Reads a follow list: `follower<TAB>followee` a line, or `root<TAB>follower<TAB>followee` where a follow is said of
 * one cascade only. Other lines are left out, and those that leave a user empty; a line of titles names nobody.
 */
export const parseFollows =
  () =>
  (lines: DataFrame<{ readonly value: typeof t.string }>): DataFrame<typeof Follow> =>
    lines
      .select((c) => ({ fields: split(c.value, '\t') }))
      .filter((c) => size(c.fields).isin(...FIELDS))
      .select((c) => ({
        of_root: when(size(c.fields).eq(3), trim(elementAt(c.fields, 1))),
        follower_id: nullif(trim(elementAt(c.fields, -2)), ''),
        followee_id: nullif(trim(elementAt(c.fields, -1)), ''),
      }))
      .dropna('follower_id', 'followee_id')
