/** What a collector has done since it started. All are numbers of records, but `lagSeconds`. */
export interface CollectCounts {
  received: number // from the source, of the term or not
  matched: number // usable, of the term: what delivery was given
  sent: number // taken by Firehose, those that a collector before had spooled included
  retried: number // sent again because Firehose did not take them
  spooled: number // on the disk and not taken by Firehose, now
  refused: number // not usable, or too large
  dropped: number // lost: anything but 0 is an error
  lagSeconds: number // that the oldest of those that are not sent has waited, now
}

export const newCounts = (): CollectCounts => ({
  received: 0,
  matched: 0,
  sent: 0,
  retried: 0,
  spooled: 0,
  refused: 0,
  dropped: 0,
  lagSeconds: 0,
})
