import { schema, t, type ActionOptions, type DataFrame, type SparkSession } from 'spark-connect-js'
import type { Follow } from '../schema/parent.ts'
import { parseFollows } from '../transforms/cascade/parse-follows.ts'
import { FollowsError } from './follows-error.ts'

type Follows = DataFrame<typeof Follow>

interface FollowsInput {
  readonly spark: SparkSession
  /** Files, folders or `s3://` addresses. */
  readonly paths: readonly string[]
  readonly options: ActionOptions
}

const WAY_OUT =
  'give lines of follower<TAB>followee, or root<TAB>follower<TAB>followee, or Parquet with follower_id and followee_id'

/**
 * Opens follow lists: Parquet where the name ends so, else lines with tabs.
 * @throws FollowsError where the columns of one are not those of a follow list
 */
export async function readFollows({ spark, paths, options }: FollowsInput): Promise<Follows> {
  const lists = await Promise.all(
    paths.map((path) =>
      /\.parquet\/?$/i.test(path)
        ? readParquet({ spark, path, options })
        : readLines({ spark, path, options }),
    ),
  )
  return lists.reduce((all, list) => all.union(list))
}

interface ListInput {
  readonly spark: SparkSession
  readonly path: string
  readonly options: ActionOptions
}

async function readLines({ spark, path, options }: ListInput): Promise<Follows> {
  const lines = spark.read.text(path)
  const [line] = await lines.limit(1).collect(options)
  if (line === undefined) throw new FollowsError(`--follows ${path} is empty; ${WAY_OUT}`)
  const columns = line.value.split('\t').length
  if (columns === 2 || columns === 3) return lines.transform(parseFollows())
  throw new FollowsError(
    `--follows ${path} begins with a line of ${columns} column${columns === 1 ? '' : 's'}; ${WAY_OUT}`,
  )
}

const REQUIRED = ['follower_id', 'followee_id'] as const
const PARQUET = schema({
  root_id: t.string.nullable, // may be missing: then the list speaks of all cascades
  follower_id: t.string.nullable,
  followee_id: t.string.nullable,
})

async function readParquet({ spark, path, options }: ListInput): Promise<Follows> {
  const list = spark.read.parquet(path)
  const columns = await list.columns(options)
  const missing = REQUIRED.filter((name) => !columns.includes(name))
  if (missing.length > 0) {
    throw new FollowsError(`--follows ${path} has no column ${missing.join(' and no ')}; ${WAY_OUT}`)
  }
  return list
    .to(PARQUET)
    .select((c) => ({ of_root: c.root_id, follower_id: c.follower_id, followee_id: c.followee_id }))
    .dropna('follower_id', 'followee_id')
}
