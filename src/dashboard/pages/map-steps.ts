/**
 * Upper bounds of classes whose sizes grow by the same factor, as a few countries have most of any volume; whole numbers,
 * each larger than the one before.
 * @example volumeSteps([1, 10, 100_000], 5) // [10, 100, 1_000, 10_000, 100_000]
 */
export function volumeSteps(volumes: readonly number[], count: number): readonly number[] {
  const most = Math.max(1, ...volumes)
  const least = Math.min(most, ...volumes)
  const bounds = Array.from({ length: count }, (_, index) =>
    Math.round(least * (most / least) ** ((index + 1) / count)),
  )
  return bounds.filter((bound, index) => bound > (bounds[index - 1] ?? 0))
}
