/** People who may see what an author posts. */
export interface Channel {
  /** The same name stands for the same people, whoever reaches them. */
  readonly audience: string
  readonly people: number
  /** That one of them sees one post, 0 to 1. */
  readonly chance: number
}

/** An author of whom posts can be bought. */
export interface Candidate {
  readonly id: string
  /** Of one post, a whole number above 0. */
  readonly costCents: number
  readonly channels: readonly Channel[]
}

/** Candidates in the order of their ids, and what is needed to follow who has seen a post. */
export interface Market {
  readonly ids: readonly string[]
  readonly costs: readonly number[]
  /** For each audience, the share of it that has not seen any post: all of it. */
  nobody(): Float64Array
  /** The readers whom one more post of an author adds. */
  gainOf(author: number, unseen: Float64Array): number
  /** Shows a post of an author, and names the authors of whom a post adds less now. */
  show(author: number, unseen: Float64Array): Iterable<number>
}

interface IndexedChannel {
  readonly audience: number
  readonly people: number
  readonly chance: number
}

/** Of n posts a person sees at least one with the chance 1 - product of (1 - chance): posts are seen independently. */
export function indexed(candidates: readonly Candidate[]): Market {
  const sorted = candidates.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  const numbers = new Map<string, number>()
  const numberOf = (audience: string): number => {
    const number = numbers.get(audience) ?? numbers.size
    numbers.set(audience, number)
    return number
  }
  const channels: readonly (readonly IndexedChannel[])[] = sorted.map((candidate) =>
    candidate.channels.map(({ audience, people, chance }) => ({
      audience: numberOf(audience),
      people,
      chance,
    })),
  )
  const authorsBy = Array.from(numbers, (): number[] => [])
  for (const [author, all] of channels.entries())
    for (const { audience } of all) authorsBy[audience]?.push(author)
  const neighbours = channels.map((all) => [
    ...new Set(all.flatMap(({ audience }) => authorsBy[audience] ?? [])),
  ])
  return {
    ids: sorted.map(({ id }) => id),
    costs: sorted.map(({ costCents }) => costCents),
    nobody: () => new Float64Array(numbers.size).fill(1),
    gainOf: (author, unseen) =>
      (channels[author] ?? []).reduce(
        (sum, { audience, people, chance }) => sum + people * chance * (unseen[audience] ?? 0),
        0,
      ),
    show: (author, unseen) => {
      for (const { audience, chance } of channels[author] ?? [])
        unseen[audience] = (unseen[audience] ?? 0) * (1 - chance)
      return neighbours[author] ?? []
    },
  }
}
