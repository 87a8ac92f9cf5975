import { parseArgs } from 'node:util'
import { textTable } from '../src/cli/text-table.ts'
import { CALIBRATED, CANDIDATES, type Candidate } from './evidence/candidates.ts'
import { choicesOf, fit, outcomeOf } from './evidence/choice-model.ts'
import {
  averaged,
  gainOf,
  heldOut,
  randomFolds,
  transferred,
  type Estimate,
  type Gain,
  type HeldOut,
} from './evidence/cross-validation.ts'
import { readRealCascades, type RealCascade } from './evidence/real-cascades.ts'
import { wholeNumber } from './flags.ts'

const FOLDS = 12

/** Cascades that kernels are fitted to, and smaller ones that show how far this carries. */
interface RealData {
  readonly cascades: readonly RealCascade[]
  readonly smaller: readonly RealCascade[]
}

/** Prints how `calibrated` does on cascades that it was not fitted to, and what other evidence gains there. */
function report(data: RealData, repeats: number): void {
  process.stdout.write(`${outOfSample(data.cascades)}\n${tried(data, repeats)}`)
}

function outOfSample(cascades: readonly RealCascade[]): string {
  const authors = cascades.map(({ authorId }) => authorId)
  const choices = cascades.map((cascade) => choicesOf(cascade, CALIBRATED.features))
  const coefficients = fit(choices, [0, 0, 0])
  const ways: readonly (readonly [string, HeldOut])[] = [
    ['all cascades', choices.map((choice) => outcomeOf(choice, coefficients))],
    ['all others', heldOut(cascades, [...cascades.keys()], CALIBRATED)],
    [
      'all of other authors',
      heldOut(
        cascades,
        authors.map((author) => authors.indexOf(author)),
        CALIBRATED,
      ),
    ],
  ]
  const cells = ways.map(([name, outcomes]) => [name, ...means(cascades, outcomes)])
  const fitted = coefficients.map((value) => value.toFixed(3)).join(', ')
  const title = `${cascades.length} cascades; time, followers, root: ${fitted}`
  return `${title}\n${textTable([['fitted to', 'log-likelihood', 'mae'], ...cells])}`
}

/** Gains where a candidate was not fitted, and how it does on smaller cascades, to none of which any was fitted. */
function tried({ cascades, smaller }: RealData, repeats: number): string {
  const divisions = Array.from({ length: repeats }, (_, seed) =>
    randomFolds(cascades.length, FOLDS, seed + 1),
  )
  const base = divisions.map((groups) => heldOut(cascades, groups, CALIBRATED))
  const gainsOf = (candidate: Candidate): Gain =>
    averaged(
      divisions.map((groups, index) =>
        gainOf(cascades, groups, [heldOut(cascades, groups, candidate), base[index] ?? []]),
      ),
    )
  const onSmaller = (candidate: Candidate): readonly string[] =>
    means(smaller, transferred(cascades, smaller, candidate))
  const cells = CANDIDATES.map((candidate) => {
    const { logLikelihood, depthError } = gainsOf(candidate)
    const gained = [shown(logLikelihood), shown(depthError), candidate.isSeparable ? 'yes' : 'no']
    return [candidate.name, ...gained, ...onSmaller(candidate)]
  })
  const titles = [
    'added, or changed',
    'log-likelihood',
    'mae',
    'closed forms',
    `${smaller.length} smaller`,
    'mae',
  ]
  return textTable([titles, [CALIBRATED.name, '', '', '', ...onSmaller(CALIBRATED)], ...cells])
}

/** The log-likelihood a retweet, and the mean absolute error of mean depth a cascade. */
function means(cascades: readonly RealCascade[], outcomes: HeldOut): readonly string[] {
  const retweets = cascades.reduce((sum, { parents }) => sum + parents.length - 1, 0)
  return [
    (outcomes.reduce((sum, { logLikelihood }) => sum + logLikelihood, 0) / retweets).toFixed(3),
    (outcomes.reduce((sum, { depthError }) => sum + depthError, 0) / cascades.length).toFixed(3),
  ]
}

const shown = ({ mean, error }: Estimate): string =>
  `${mean < 0 ? '' : '+'}${mean.toFixed(3)} ± ${error.toFixed(3)}`

const { values } = parseArgs({
  options: {
    tweets: { type: 'string', default: '' },
    follows: { type: 'string', default: '' },
    'min-retweeters': { type: 'string', default: '20' },
    smaller: { type: 'string', default: '5' },
    repeats: { type: 'string', default: '3' },
  },
})
const minRetweeters = wholeNumber('min-retweeters', values)
if (values.tweets === '' || values.follows === '') {
  process.stderr.write(
    'bench: name --tweets (X API v1.1 retweets, one a line) and --follows (root, follower, followee)\n',
  )
  process.exit(2)
}
const all = readRealCascades(values, Math.min(minRetweeters, wholeNumber('smaller', values)))
const isLarge = ({ parents }: RealCascade): boolean => parents.length > minRetweeters
report(
  { cascades: all.filter(isLarge), smaller: all.filter((cascade) => !isLarge(cascade)) },
  wholeNumber('repeats', values),
)
