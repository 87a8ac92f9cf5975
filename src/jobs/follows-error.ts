/** A follow list that cannot be used; the sentence names it and the way out. */
export class FollowsError extends Error {
  override readonly name = 'FollowsError'
  readonly code = 'bad_follows'
}
