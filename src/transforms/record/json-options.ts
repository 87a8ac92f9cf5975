/**
 * How records are parsed. Spark reads a value's characters only after it knows where the value ends, and goes on behind one
 * that fails: a control character in the place of a closing quote would cost the value, and the record would pass for whole.
 * Taken as a character, it moves the end to the next quote, after which nothing fits.
 */
export const JSON_OPTIONS = { allowUnquotedControlChars: 'true' } as const
