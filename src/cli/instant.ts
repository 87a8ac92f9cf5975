const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/

/** The moment that a flag names by ISO 8601, with its zone; a date without a value where it names none. */
export const instantOf = (text: string): Date => new Date(ISO.test(text) ? text : Number.NaN)
