import type { KnownCascadesInput } from '../jobs/read-known-cascades.ts'
import type { CommandContext } from './command-context.ts'
import { createProgress } from './progress.ts'
import { openSparkServices } from './spark-services.ts'
import { underSignal } from './under-signal.ts'

interface Flags extends Pick<KnownCascadesInput, 'inputs' | 'follows'> {
  readonly lake?: string | undefined
}

interface Work {
  readonly context: CommandContext
  /** Services are closed after it. */
  readonly work: (
    opened: Required<Pick<KnownCascadesInput, 'spark' | 'lake' | 'onStage' | 'signal'>>,
  ) => Promise<void>
}

/** Opens what a job on cascades with known parents needs beside its flags, and works with that. */
export async function onKnownCascades(
  { inputs, follows, lake }: Flags,
  { context, work }: Work,
): Promise<void> {
  using progress = createProgress({ stream: context.stderr })
  await using services = await openSparkServices({
    context,
    progress,
    sources: [...inputs, ...follows],
    lake,
  })
  await underSignal(services.signal, () => work({ ...services, onStage: progress.stage }))
}
