import type { Feature } from './choice-model.ts'
import type { Participant, RealCascade } from './real-cascades.ts'

/** A kernel to try: what its weights depend on, beside or instead of what `calibrated` has. */
export interface Candidate {
  readonly name: string
  readonly features: readonly Feature[]
  /** Whether each weight depends on its participant alone, or on j alone, so that the closed forms hold. */
  readonly isSeparable: boolean
  /** How much each retweet of a cascade counts in the fit; 1 by default. */
  readonly weightOf?: (cascade: RealCascade) => number
}

const HOUR = 3_600
const of =
  (read: (participant: Participant) => number): Feature =>
  ({ participants }, i) =>
    read(participants[i] ?? NOBODY)
const NOBODY: Participant = {
  seconds: 0,
  followers: 0,
  friends: 0,
  statuses: 0,
  listed: 0,
  favouritesGiven: 0,
  accountDays: 0,
  isVerified: false,
}
const secondsAt = ({ participants }: RealCascade, index: number): number => participants[index]?.seconds ?? 0

const logTime = (unitSeconds: number) => of(({ seconds }) => Math.log1p(seconds / unitSeconds))
const time = logTime(HOUR)
const followers = of((one) => Math.log1p(one.followers))
const root: Feature = (_, i) => (i === 0 ? 1 : 0)
const product =
  (left: Feature, right: Feature): Feature =>
  (cascade, i, j) =>
    left(cascade, i, j) * right(cascade, i, j)
/** Recency: how long before event j its possible parent came. */
const ago =
  (unitSeconds: number): Feature =>
  (cascade, i, j) =>
    -Math.log1p((secondsAt(cascade, j) - secondsAt(cascade, i)) / unitSeconds)

/** The kernel `calibrated`: what all others are compared with. */
export const CALIBRATED: Candidate = {
  name: 'calibrated',
  features: [time, followers, root],
  isSeparable: true,
}

const added = (name: string, ...features: readonly Feature[]): Candidate => ({
  name,
  features: [...CALIBRATED.features, ...features],
  isSeparable: true,
})
const instead = (name: string, ...features: readonly Feature[]): Candidate => ({
  name,
  features,
  isSeparable: true,
})
const mixed = (candidate: Candidate): Candidate => ({ ...candidate, isSeparable: false })

const verified = of(({ isVerified }) => (isVerified ? 1 : 0))
const isRetweeter: Feature = (_, i) => (i === 0 ? 0 : 1)
const LARGE = 10_000 // followers

export const CANDIDATES: readonly Candidate[] = [
  added('verified, retweeters only', product(verified, isRetweeter)),
  added('verified, root as well', verified),
  added(
    "account's age",
    of((one) => Math.log1p(one.accountDays)),
  ),
  added(
    'statuses',
    of((one) => Math.log1p(one.statuses)),
  ),
  added(
    'statuses a day',
    of((one) => Math.log1p(one.statuses / (1 + one.accountDays))),
  ),
  added(
    'friends, or followers / friends',
    of((one) => Math.log1p(one.friends)),
  ),
  added(
    'listed',
    of((one) => Math.log1p(one.listed)),
  ),
  added(
    'favourites given',
    of((one) => Math.log1p(one.favouritesGiven)),
  ),
  added('square of log followers', product(followers, followers)),
  added(
    'other slope above 10,000 followers',
    of((one) => Math.log(Math.max(1, one.followers / LARGE))),
  ),
  added('root x followers', product(root, followers)),
  added('time x followers', product(time, followers)),
  added('square of log time', product(time, time)),
  added('position in the cascade', (_, i) => Math.log1p(i)),
  instead('1 + minutes instead of 1 + hours', logTime(60), followers, root),
  instead('1 + days instead of 1 + hours', logTime(24 * HOUR), followers, root),
  instead(
    'exponential time instead of a power',
    of(({ seconds }) => seconds / HOUR),
    followers,
    root,
  ),
  instead('no time', followers, root),
  instead('no factor for the root', time, followers),
  mixed(
    added("root's factor grows with time", (c, i, j) => (i === 0 ? Math.log1p(secondsAt(c, j) / HOUR) : 0)),
  ),
  mixed(added("root's factor grows with the events so far", (_, i, j) => (i === 0 ? Math.log(j) : 0))),
  mixed(instead('(1 + hours from i to j)^-b instead of time', ago(HOUR), followers, root)),
  mixed(instead('(1 + minutes from i to j)^-b instead', ago(60), followers, root)),
  {
    ...CALIBRATED,
    name: "retweets weigh by 1 / sqrt(cascade's size)",
    weightOf: ({ parents }) => 1 / Math.sqrt(parents.length - 1),
  },
]
