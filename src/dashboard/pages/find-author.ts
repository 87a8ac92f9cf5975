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
  const [author] = await snapshots.ranked(await reader.scores(view.key, [id]))
  if (author) return author
  throw new PageError('not_found', 'This author has no score in the slot.')
}
