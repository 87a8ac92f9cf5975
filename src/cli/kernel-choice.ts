import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

import { z } from 'zod'

import { KernelFile } from '../calibration/kernel-file.ts'

const OWN_KERNELS = ['calibrated', 'debatenight'] as const

/** A kernel of Ripplerank's by its name, or one that `calibrate` saved. */
export type ChosenKernel =
  | (typeof OWN_KERNELS)[number]
  | {
      readonly name: string
      readonly followersExponent: number
      readonly hoursExponent: number
      readonly rootLogFactor: number
    }

/** Where a kernel of this name is saved, and looked for: in the folder that the command runs in. */
export const kernelFileName = (name: string): string => `${name}.kernel.json`

/** The value of `--kernel`: one of Ripplerank's own, a saved one's name, or its file. */
export const kernelChoice = z.string().transform(async (text, context): Promise<ChosenKernel> => {
  const own = OWN_KERNELS.find((name) => name === text)
  if (own) return own
  const found = await readKernel(text)
  if (!('problem' in found)) return found
  context.addIssue({ code: 'custom', message: found.problem })
  return z.NEVER
})

type Found = Exclude<ChosenKernel, string> | { readonly problem: string }

async function readKernel(text: string): Promise<Found> {
  const isFile = text.endsWith('.json') || text.includes('/')
  const path = resolve(isFile ? text : kernelFileName(text))
  let content: string
  try {
    content = await readFile(path, 'utf8')
  } catch (error) {
    return { problem: unreadable(text, { isFile, error }) }
  }
  const parsed = KernelFile.safeParse(jsonOf(content))
  if (parsed.success) {
    const { name, followers_exponent, hours_exponent, root_log_factor } = parsed.data
    return {
      name,
      followersExponent: followers_exponent,
      hoursExponent: hours_exponent,
      rootLogFactor: root_log_factor,
    }
  }
  const [issue] = parsed.error.issues
  const place = issue?.path.join('.')
  return {
    problem: `--kernel ${text} is no kernel file${place ? `: ${place}: ${issue?.message}` : ''}; make one by ripplerank calibrate`,
  }
}

function unreadable(
  text: string,
  { isFile, error }: { readonly isFile: boolean; readonly error: unknown },
): string {
  const isMissing = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'
  if (isMissing && !isFile) {
    return (
      `--kernel ${text} is unknown; choose ${OWN_KERNELS.join(' or ')}, ` +
      `or one saved by ripplerank calibrate (there is no ${kernelFileName(text)} here)`
    )
  }
  return `--kernel ${text} ${isMissing ? 'does not exist' : 'cannot be read'}; name a file saved by ripplerank calibrate`
}

/** Undefined, which no schema accepts, for a text that is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
