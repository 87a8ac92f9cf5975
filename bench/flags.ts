/** What a flag says, a whole number from 1; anything else ends the process. @param values as `parseArgs` read them. */
export function wholeNumber<Name extends string>(name: Name, values: Readonly<Record<Name, string>>): number {
  const value = Number(values[name])
  if (Number.isSafeInteger(value) && value > 0) return value
  process.stderr.write(`bench: --${name} ${values[name]} is not a whole number from 1\n`)
  return process.exit(2)
}
