import type { DataFrame, t } from 'spark-connect-js'
import { elementAt, size, split, when } from 'spark-connect-js/functions'
import type { Follow } from '../../schema/known-parent.ts'

/**
 * Reads a follow list: `follower<TAB>followee` a line, or `root<TAB>follower<TAB>followee` where a follow is known of
 * one cascade's participants only. Other lines are left out; a line of titles names nobody.
 */
export const parseFollows =
  () =>
  (lines: DataFrame<{ readonly value: typeof t.string }>): DataFrame<typeof Follow> =>
    lines
      .select((c) => ({ names: split(c.value, '\t') }))
      .filter((c) => size(c.names).isin(2, 3))
      .select((c) => ({
        of_root: when(size(c.names).eq(3), elementAt(c.names, 1)),
        follower_id: elementAt(c.names, -2),
        followee_id: elementAt(c.names, -1),
      }))
