/** From here on this process believes that it is so much later, or earlier. Clocks that only measure go on as before. */
export function moveClock(byMs: number): void {
  const RealDate = Date
  const now = (): number => RealDate.now() + byMs
  globalThis.Date = new Proxy(RealDate, {
    construct: (real, given: readonly unknown[]) =>
      Reflect.construct(real, given.length > 0 ? given : [now()]),
    get: (real, name) => (name === 'now' ? now : Reflect.get(real, name)),
  })
}
