import { debatenightLogWeights } from '../calibration/debatenight.ts'
import { retweetsOf, type LogWeights } from '../calibration/known-cascade.ts'
import { measureKernel, type KernelAccuracy } from '../calibration/measure-kernel.ts'
import { powerLogWeights } from '../calibration/power-law.ts'
import {
  CALIBRATED,
  DEBATENIGHT_RATE,
  nameOfKernel,
  type KernelChoice,
} from '../transforms/cascade/kernel.ts'
import { readKnownCascades, type KnownCascadesInput } from './read-known-cascades.ts'

export interface EvaluateInput extends KnownCascadesInput {
  /** Kernels to measure beside Ripplerank's own. */
  readonly kernels: readonly KernelChoice[]
}

/** How well each kernel does, as `evaluate --json` prints it. */
export interface EvaluateReport {
  readonly cascades: number
  readonly retweets: number
  readonly kernels: Readonly<Record<string, ReportedAccuracy>>
}

interface ReportedAccuracy {
  /** Per retweet. */
  readonly log_likelihood: number
  readonly mean_depth_true: number
  readonly mean_depth_estimated: number
  /** Of a cascade's mean depth. */
  readonly mae: number
  readonly rho_depth: number | null
  readonly rho_non_primary: number | null
}

/**
 * Measures kernels on cascades with known parents.
 * @throws CalibrationError where there are none, SparkConnectError
 */
export async function evaluate(input: EvaluateInput): Promise<EvaluateReport> {
  const { cascades } = await readKnownCascades(input)
  const kernels: readonly KernelChoice[] = ['calibrated', 'debatenight', ...input.kernels]
  return {
    cascades: cascades.length,
    retweets: cascades.reduce((sum, cascade) => sum + retweetsOf(cascade), 0),
    kernels: Object.fromEntries(
      kernels.map((kernel) => [
        nameOfKernel(kernel),
        reported(measureKernel(cascades, logWeightsOf(kernel))),
      ]),
    ),
  }
}

const logWeightsOf = (kernel: KernelChoice): LogWeights => {
  if (kernel === 'debatenight') return debatenightLogWeights(DEBATENIGHT_RATE)
  return powerLogWeights(kernel === 'calibrated' ? CALIBRATED : kernel)
}

const reported = (accuracy: KernelAccuracy): ReportedAccuracy => ({
  log_likelihood: accuracy.logLikelihood,
  mean_depth_true: accuracy.meanDepthTrue,
  mean_depth_estimated: accuracy.meanDepthEstimated,
  mae: accuracy.meanAbsoluteError,
  rho_depth: accuracy.rhoDepth,
  rho_non_primary: accuracy.rhoNonPrimary,
})
