import type { Markup } from './markup.ts'

/** A page without the indentation of its source, which is a third of its weight. No page has text that keeps its spaces. */
export const dense = async (markup: Markup): Promise<string> =>
  (await markup).toString().replaceAll(/\n\s+/g, '\n')
