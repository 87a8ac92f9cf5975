import type { Amplifier } from '../../store/reading/author-details.ts'
import type { RankedAuthor } from '../snapshots.ts'

/** A user in the picture of a network. */
export interface Node {
  readonly id: string
  /** What they are called; null where only the id is known. */
  readonly name: string | null
  readonly screenName: string | null
  /** The label of their community; null where it is unknown. */
  readonly community: string | null
  /** Their place in the ranking, where they are one of its first. */
  readonly rank: number | null
  readonly influence: number | null
  /** Retweets of theirs that the edges carry, and retweets that they carried. */
  readonly received: number
  readonly passedOn: number
}

/** Who carried whom. */
export interface Link {
  readonly source: string
  readonly target: string
  readonly retweets: number
}

export interface Graph {
  readonly nodes: readonly Node[]
  readonly links: readonly Link[]
  /** Users who were left out, as no more fit. */
  readonly leftOut: number
}

/** A picture of more is a ball of wool. */
export const MOST_NODES = 300

/** Leading authors and those who amplify them: of these as many as fit, who carried most first. */
export function graphOf(authors: readonly RankedAuthor[], amplifiers: readonly Amplifier[]): Graph {
  const leading = new Map(authors.map((author) => [author.author_id, author]))
  const received = sums(amplifiers, ({ author_id }) => author_id)
  const passedOn = sums(amplifiers, ({ amplifier_id }) => amplifier_id)
  const communities = new Map(
    amplifiers.flatMap((edge) => [
      [edge.amplifier_id, edge.amplifier_community] as const,
      [edge.author_id, edge.author_community] as const,
    ]),
  )
  const profiles = new Map(amplifiers.map((edge) => [edge.amplifier_id, edge]))
  const connected = [...leading.keys()].filter((id) => received.has(id) || passedOn.has(id))
  const others = [...passedOn.keys()]
    .filter((id) => !leading.has(id))
    .toSorted((one, other) => (passedOn.get(other) ?? 0) - (passedOn.get(one) ?? 0) || (one < other ? -1 : 1))
  const kept = [...connected, ...others].slice(0, MOST_NODES)
  const isKept = new Set(kept)
  const nodes = kept.map((id): Node => {
    const profile = leading.get(id) ?? profiles.get(id)
    return {
      id,
      name: profile?.name ?? null,
      screenName: profile?.screen_name ?? null,
      community: communities.get(id) ?? null,
      rank: leading.get(id)?.rank ?? null,
      influence: leading.get(id)?.influence ?? null,
      received: received.get(id) ?? 0,
      passedOn: passedOn.get(id) ?? 0,
    }
  })
  const links = amplifiers
    .filter(({ amplifier_id, author_id }) => isKept.has(amplifier_id) && isKept.has(author_id))
    .map(({ amplifier_id, author_id, retweets }) => ({ source: amplifier_id, target: author_id, retweets }))
  return { nodes, links, leftOut: connected.length + others.length - kept.length }
}

function sums(edges: readonly Amplifier[], keyOf: (edge: Amplifier) => string): ReadonlyMap<string, number> {
  const all = new Map<string, number>()
  for (const edge of edges) all.set(keyOf(edge), (all.get(keyOf(edge)) ?? 0) + edge.retweets)
  return all
}

/** A community in the picture, the largest first. */
export interface Community {
  readonly label: string
  readonly nodes: readonly Node[]
  /** Who is retweeted most in it. */
  readonly leader: Node
}

/** The communities of a graph by the users of theirs that are in it. */
export function communitiesOf({ nodes }: Graph): readonly Community[] {
  const known = nodes.filter((node) => node.community !== null)
  return [...Map.groupBy(known, ({ community }) => community ?? '')]
    .flatMap(([label, members]): readonly Community[] => {
      const [leader] = members.toSorted(
        (one, other) => other.received - one.received || (one.id < other.id ? -1 : 1),
      )
      return leader ? [{ label, nodes: members, leader }] : []
    })
    .toSorted((one, other) => other.nodes.length - one.nodes.length || (one.label < other.label ? -1 : 1))
}
