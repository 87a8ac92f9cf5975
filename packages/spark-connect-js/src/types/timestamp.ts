const MICROS_PER_MILLI = 1000n
const MICROS_PER_SECOND = 1_000_000n

/**
 * A point in time with Spark's own precision: microseconds since 1970-01-01T00:00:00Z.
 * A JavaScript `Date` holds milliseconds only and would lose the last three digits.
 *
 * @example Timestamp.parse('2026-01-31T12:00:00.000001Z').epochMicros // => 1769860800000001n
 */
export class Timestamp {
  /** Microseconds since the epoch, UTC; negative before 1970. */
  readonly epochMicros: bigint

  constructor(epochMicros: bigint) {
    this.epochMicros = epochMicros
    Object.freeze(this)
  }

  /**
   * A `Date` with the precision of a timestamp.
   * @example Timestamp.from(new Date(5)) // => new Timestamp(5000n)
   */
  static from(value: Date | Timestamp): Timestamp {
    return value instanceof Timestamp ? value : new Timestamp(BigInt(value.getTime()) * MICROS_PER_MILLI)
  }

  /**
   * @throws RangeError if the text is not an ISO 8601 time with a zone.
   * @example Timestamp.parse('1969-12-31T23:59:59.999999Z') // => new Timestamp(-1n)
   */
  static parse(iso: string): Timestamp {
    const match = /^(.*:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d:?\d\d)$/.exec(iso)
    const seconds = match && Date.parse(`${match[1]}${match[3]}`)
    if (!match || seconds === null || Number.isNaN(seconds)) {
      throw new RangeError(`"${iso}" is not an ISO 8601 time with a zone, such as 2026-01-31T12:00:00.5Z`)
    }
    return new Timestamp(BigInt(seconds) * MICROS_PER_MILLI + BigInt((match[2] ?? '').padEnd(6, '0')))
  }

  /**
   * Rounds down to the millisecond.
   * @example new Timestamp(1999n).toDate().getTime() // => 1
   */
  toDate(): Date {
    return new Date(Number(floorDivide(this.epochMicros, MICROS_PER_MILLI)))
  }

  /**
   * ISO 8601 in UTC with six decimals.
   * @example String(new Timestamp(-1n)) // => '1969-12-31T23:59:59.999999Z'
   */
  toString(): string {
    const seconds = floorDivide(this.epochMicros, MICROS_PER_SECOND)
    const micros = this.epochMicros - seconds * MICROS_PER_SECOND
    const iso = new Date(Number(seconds) * 1000).toISOString()
    return `${iso.slice(0, -5)}.${micros.toString().padStart(6, '0')}Z`
  }

  /**
   * The same text as `toString`.
   * @example JSON.stringify({ at: new Timestamp(0n) }) // => '{"at":"1970-01-01T00:00:00.000000Z"}'
   */
  toJSON(): string {
    return this.toString()
  }

  /**
   * Orders timestamps under `<` and `>`.
   * @example new Timestamp(1n) < new Timestamp(2n) // => true
   */
  valueOf(): bigint {
    return this.epochMicros
  }
}

const floorDivide = (value: bigint, divisor: bigint): bigint => {
  const quotient = value / divisor
  return value < 0n && quotient * divisor !== value ? quotient - 1n : quotient
}
