/** Tells the server what it need not keep any longer: undefined for the whole operation. */
export type Release = (untilResponseId: string | undefined) => Promise<unknown>

/**
 * Releases an operation's responses in the background, one call at a time: while one is under way, only the latest
 * request is remembered, as it includes those before it. A release that fails is no loss to the query: the next one
 * makes up for it, and the server forgets abandoned operations by itself.
 */
export class Releaser {
  readonly #release: Release
  #isBusy = false
  #wanted: { readonly until: string | undefined } | undefined
  #isAllReleased = false

  constructor(release: Release) {
    this.#release = release
  }

  until(responseId: string): void {
    this.#request(responseId)
  }

  all(): void {
    this.#request(undefined)
    this.#isAllReleased = true
  }

  #request(until: string | undefined): void {
    if (this.#isAllReleased) return
    this.#wanted = { until }
    if (!this.#isBusy) void this.#work()
  }

  async #work(): Promise<void> {
    this.#isBusy = true
    while (this.#wanted) {
      const { until } = this.#wanted
      this.#wanted = undefined
      await this.#release(until).catch(() => undefined)
    }
    this.#isBusy = false
  }
}
