import { fitPowerLaw, type Coefficient, type Fit } from '../calibration/fit-power-law.ts'
import type { KernelFile } from '../calibration/kernel-file.ts'
import { readKnownCascades, type KnownCascadesInput } from './read-known-cascades.ts'
import { runStage, stageOf } from './stage.ts'

export interface CalibrateInput extends KnownCascadesInput {
  /** The new kernel's name. */
  readonly name: string
}

/** What one calibration found, as `calibrate --json` prints it. */
export interface CalibrateReport {
  readonly kernel: KernelFile
  readonly iterations: number
  /** Cascades with enough retweeters that were left out: of which the follow list says nothing; whose followers are unknown. */
  readonly left_out: { readonly unlisted: number; readonly followers_unknown: number }
}

/**
 * Fits a kernel to cascades with known parents.
 * @throws CalibrationError where the data do not determine one, SparkConnectError
 */
export async function calibrate(input: CalibrateInput): Promise<CalibrateReport> {
  const { cascades, unlisted, unweighed } = await readKnownCascades(input)
  const fit = await runStage(stageOf(input, 'fit'), async (_, stage) => {
    const found = fitPowerLaw(cascades)
    stage.done(`converged after ${found.iterations} steps`)
    return found
  })
  return {
    kernel: kernelFileOf({ name: input.name, cascades: cascades.length, fit }),
    iterations: fit.iterations,
    left_out: { unlisted, followers_unknown: unweighed },
  }
}

interface Fitted {
  readonly name: string
  readonly cascades: number
  readonly fit: Fit
}

const kernelFileOf = ({ name, cascades, fit }: Fitted): KernelFile => ({
  format: 'ripplerank-kernel/1',
  name,
  followers_exponent: fit.law.followersExponent,
  hours_exponent: fit.law.hoursExponent,
  root_log_factor: fit.law.rootLogFactor,
  fit: {
    cascades,
    retweets: fit.retweets,
    log_likelihood: fit.logLikelihood,
    log_likelihood_per_retweet: fit.logLikelihood / fit.retweets,
    coefficients: {
      time: noteOf(fit.coefficients.hours),
      followers: noteOf(fit.coefficients.followers),
      root: noteOf(fit.coefficients.root),
    },
  },
})

const noteOf = ({ estimate, standardError, clusteredError }: Coefficient) => ({
  estimate,
  standard_error: standardError,
  clustered_standard_error: clusteredError,
})
