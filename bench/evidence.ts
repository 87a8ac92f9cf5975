import { parseArgs } from 'node:util'
import { textTable } from '../src/cli/text-table.ts'
import { CALIBRATED, CANDIDATES, type Candidate } from './evidence/candidates.ts'
import { choicesOf, fit, outcomeOf } from './evidence/choice-model.ts'
import {
  averaged,
  gainOf,
  heldOut,
  randomFolds,
  type Estimate,
  type HeldOut,
} from './evidence/cross-validation.ts'
import { readRealCascades, type RealCascade } from './evidence/real-cascades.ts'
import { wholeNumber } from './flags.ts'

const FOLDS = 12

/** Prints how `calibrated` does on cascades that it was not fitted to, and what other evidence gains there. */
function report(cascades: readonly RealCascade[], repeats: number): void {
  process.stdout.write(`${outOfSample(cascades)}\n${tried(cascades, repeats)}`)
}

function outOfSample(cascades: readonly RealCascade[]): string {
  const authors = [...new Set(cascades.map(({ authorId }) => authorId))]
  const choices = cascades.map((cascade) => choicesOf(cascade, CALIBRATED.features))
  const coefficients = fit(choices, [0, 0, 0])
  const ways: readonly (readonly [string, HeldOut])[] = [
    ['all cascades', choices.map((choice) => outcomeOf(choice, coefficients))],
    ['all others', heldOut(cascades, [...cascades.keys()], CALIBRATED)],
    [
      'all of other authors',
      heldOut(
        cascades,
        cascades.map(({ authorId }) => authors.indexOf(authorId)),
        CALIBRATED,
      ),
    ],
  ]
  const retweets = cascades.reduce((sum, { parents }) => sum + parents.length - 1, 0)
  const cells = ways.map(([name, outcomes]) => [
    name,
    (outcomes.reduce((sum, { logLikelihood }) => sum + logLikelihood, 0) / retweets).toFixed(3),
    (outcomes.reduce((sum, { depthError }) => sum + depthError, 0) / cascades.length).toFixed(3),
  ])
  const fitted = coefficients.map((value) => value.toFixed(3)).join(', ')
  return `${cascades.length} cascades, ${retweets} retweets; time, followers, root: ${fitted}\n${textTable([
    ['fitted to', 'log-likelihood', 'mae'],
    ...cells,
  ])}`
}

function tried(cascades: readonly RealCascade[], repeats: number): string {
  const divisions = Array.from({ length: repeats }, (_, seed) =>
    randomFolds(cascades.length, FOLDS, seed + 1),
  )
  const base = divisions.map((groups) => heldOut(cascades, groups, CALIBRATED))
  const cellsOf = (candidate: Candidate): readonly string[] => {
    const gains = divisions.map((groups, index) =>
      gainOf(cascades, groups, [heldOut(cascades, groups, candidate), base[index] ?? []]),
    )
    const { logLikelihood, depthError } = averaged(gains)
    return [candidate.name, shown(logLikelihood), shown(depthError), candidate.isSeparable ? 'yes' : 'no']
  }
  return textTable([
    ['added, or changed', 'log-likelihood', 'mae', 'closed forms'],
    ...CANDIDATES.map(cellsOf),
  ])
}

const shown = ({ mean, error }: Estimate): string =>
  `${mean < 0 ? '' : '+'}${mean.toFixed(3)} ± ${error.toFixed(3)}`

const { values } = parseArgs({
  options: {
    tweets: { type: 'string', default: '' },
    follows: { type: 'string', default: '' },
    'min-retweeters': { type: 'string', default: '20' },
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
report(readRealCascades(values, minRetweeters), wholeNumber('repeats', values))
