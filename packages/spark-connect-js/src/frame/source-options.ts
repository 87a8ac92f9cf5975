/** A setting of a source or sink; Spark takes it as text. */
export type OptionValue = string | number | bigint | boolean
export type Options = Readonly<Record<string, OptionValue>>

/** The same as the server takes them. */
export const optionTexts = (options: Options): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(options).map(([key, value]) => [key, String(value)]))
