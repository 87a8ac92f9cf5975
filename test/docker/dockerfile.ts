/** One line of a Dockerfile after its continuations are joined. */
export interface Instruction {
  readonly keyword: string
  readonly rest: string
}

/** The instructions of a Dockerfile, by stages: the name after AS, else the number. */
export function stagesOf(text: string): ReadonlyMap<string, readonly Instruction[]> {
  const stages = new Map<string, Instruction[]>()
  let stage: Instruction[] = []
  const joined = text.replaceAll(/^#.*\n/gm, '').replaceAll(/\\\n\s*/g, '')
  for (const line of joined.split('\n').filter((one) => one.trim() !== '')) {
    const [, keyword = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line.trim()) ?? []
    if (keyword === 'FROM') {
      stage = []
      stages.set(/ AS (\S+)$/.exec(rest)?.[1] ?? String(stages.size), stage)
    }
    stage.push({ keyword, rest })
  }
  return stages
}

/** What a stage's image runs: the JSON form of an instruction. */
export function commandOf(
  stage: readonly Instruction[],
  keyword: 'ENTRYPOINT' | 'HEALTHCHECK',
): readonly string[] {
  const rest = stage.find((one) => one.keyword === keyword)?.rest ?? '[]'
  return JSON.parse(rest.replace(/^.*?(?=\[)/, '')) as readonly string[]
}

/** The variables that a stage sets. */
export function environmentOf(stage: readonly Instruction[]): Readonly<Record<string, string>> {
  const settings = stage.filter(({ keyword }) => keyword === 'ENV').flatMap(({ rest }) => rest.split(/\s+/))
  return Object.fromEntries(settings.map((one) => one.split('=') as [string, string]))
}
