export type CalibrationErrorCode = 'no_cascade' | 'no_follow' | 'not_identified' | 'not_converged'

/** Data that no kernel can be fitted to or judged by. The message names the culprit and the way out. */
export class CalibrationError extends Error {
  override readonly name = 'CalibrationError'
  readonly code: CalibrationErrorCode

  constructor(code: CalibrationErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
