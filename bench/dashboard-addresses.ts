/** Addresses of each page: enough of them that few are asked for twice where pages differ. */
export function addressesOf(authors: number): Readonly<Record<string, readonly string[]>> {
  const ids = Array.from(
    { length: 400 },
    (_, index) => 1 + Math.floor((authors - 1) * (((index * 37) % 400) / 400) ** 4),
  )
  const idOf = (number: number): string => `1${String(number).padStart(9, '0')}`
  const numbers = Array.from({ length: 200 }, (_, index) => index + 1)
  return {
    overview: ['/'],
    influencers: numbers.flatMap((page) => [
      `/influencers?page=${page}`,
      `/influencers?sort=followers&order=asc&page=${page}&country=GB`,
      `/influencers?search=author_${page}`,
    ]),
    author: ids.map((id) => `/authors/${idOf(id)}`),
    compare: ids
      .slice(0, 100)
      .map((id, index) => `/compare?author=${idOf(id)}&author=${idOf(index + 1)}&author=${idOf(index + 7)}`),
    network: ['/network'],
    topics: ['/topics', '/topics?kind=word', '/topics?kind=mention'],
    map: ['/map', '/map?show=mood'],
    budget: [10_000, 20_000, 50_000].map((total) => `/budget?total=${total}&most=2000`),
    runs: ['/runs'],
  }
}
