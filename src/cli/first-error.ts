/** What went wrong first: an error in clearing away stands before the one that led there. */
export function firstErrorOf(error: unknown): unknown {
  // By name: `await using` makes it, in whichever realm.
  const isHiding = error instanceof Error && error.name === 'SuppressedError' && 'suppressed' in error
  return isHiding ? firstErrorOf(error.suppressed) : error
}
