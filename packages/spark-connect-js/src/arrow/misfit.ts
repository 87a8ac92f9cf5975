const SHOWN_CHARACTERS = 40

/** A value that a column cannot hold. Its message names the place and what stands there. */
export class Misfit extends TypeError {
  override readonly name = 'Misfit'
  readonly #reason: string
  readonly #path: string

  constructor(reason: string, path = '', row = '') {
    super(`${row}${path === '' ? '' : `column ${path} `}${reason}`)
    this.#reason = reason
    this.#path = path
  }

  /** The same misfit, seen from what holds the value: a row's column, an array's element, a struct's field. */
  within(step: string): Misfit {
    return new Misfit(this.#reason, step + this.#path)
  }

  /** @param row counted from 0, as the rows were given. */
  inRow(row: number): Misfit {
    return new Misfit(this.#reason, this.#path, `row ${row}: `)
  }
}

/** @param takes what the column takes, as people say it: `a bigint of 64 bits`. */
export const misfit = (takes: string, value: unknown): Misfit =>
  new Misfit(`takes ${takes}, not ${kindOf(value)}`)

/** @param type in Spark's words; one that only passes through this client. */
export const unmakeable = (type: string): Misfit =>
  new Misfit(`is of type ${type}, of which this client can make no values`)

/** What a value is, in words; its text only as far as it helps to find it. */
const kindOf = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return `the text ${JSON.stringify(value.slice(0, SHOWN_CHARACTERS))}`
    case 'number':
    case 'bigint':
    case 'boolean':
      return `the ${typeof value} ${Object.is(value, -0) ? '-0' : String(value).slice(0, SHOWN_CHARACTERS)}`
    case 'object':
      return value === null ? 'null' : `an object of class ${value.constructor?.name ?? 'null'}`
    default:
      return typeof value
  }
}
