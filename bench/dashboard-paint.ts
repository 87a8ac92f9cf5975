import chromium from '@sparticuz/chromium'
import { chromium as playwright, type Browser } from 'playwright-core'

/** What a phone sees of a page, and when. */
export interface FirstPaint {
  readonly name: string
  /** From the start of the navigation to the first text. */
  readonly firstPaintMs: number
  /** Of the page and all that it loads, as sent and as unpacked. */
  readonly wireBytes: number
  readonly bytes: number
}

interface NamedPage {
  readonly name: string
  readonly url: string
}

// Lighthouse's "slow 4G" for phones: github.com/GoogleChrome/lighthouse, docs/throttling.md.
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 }
const CPU_SLOWDOWN = 4

/** Opens each page for the first time, with nothing in the cache. */
export async function firstPaints(pages: readonly NamedPage[]): Promise<readonly FirstPaint[]> {
  const executablePath = process.env['CHROMIUM'] ?? (await chromium.executablePath())
  const browser = await playwright.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const paints: FirstPaint[] = []
    for (const page of pages) paints.push(await firstPaint(browser, page))
    return paints
  } finally {
    await browser.close()
  }
}

async function firstPaint(browser: Browser, { name, url }: NamedPage): Promise<FirstPaint> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', SLOW_4G)
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
  let [wireBytes, bytes] = [0, 0]
  session.on('Network.loadingFinished', ({ encodedDataLength }) => void (wireBytes += encodedDataLength))
  session.on('Network.dataReceived', ({ dataLength }) => void (bytes += dataLength))
  await page.goto(url, { waitUntil: 'load' })
  const firstPaintMs = await page.evaluate<number>(
    `new Promise((tell) => new PerformanceObserver((list, observer) => {
      const [paint] = list.getEntriesByName('first-contentful-paint')
      if (paint) { observer.disconnect(); tell(paint.startTime) }
    }).observe({ type: 'paint', buffered: true }))`,
  )
  await context.close()
  return { name, firstPaintMs, wireBytes, bytes }
}
