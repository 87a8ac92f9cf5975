import { PageError } from '../page-error.ts'
import type { PageRequest } from '../page-request.ts'
import type { RankedAuthor } from '../snapshots.ts'
import type { View } from '../view.ts'

/**
 * An author by id, wherever they stand in the ranking.
 * @throws PageError `not_found`
 */
export async function findAuthor(
  { reader, snapshots, id }: Pick<PageRequest, 'reader' | 'snapshots' | 'id'>,
  view: View,
): Promise<RankedAuthor> {
  const ranked = (await snapshots.ranking(view)).byId.get(id)
  if (ranked) return ranked
  const [author] = await reader.scores(view.key, [id])
  if (author === undefined) throw new PageError('not_found', 'This author has no score in the slot.')
  const counts = await snapshots.influenceCounts(view)
  const [before, countries] = await Promise.all([
    reader.authorsBefore(view.key, { ...author, counts }),
    reader.countriesOfLocations(author.location === null ? [] : [author.location]),
  ])
  return { ...author, rank: before + 1, country: countries.get(author.location ?? '') ?? null }
}
