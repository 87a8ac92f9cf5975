import type { MiddlewareHandler } from 'hono'
import { csrf } from 'hono/csrf'
import { secureHeaders } from 'hono/secure-headers'

/** Nothing comes from elsewhere, nothing stands in the page itself, nobody frames it. */
export const safeHeaders: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    scriptSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'same-origin',
  permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
})

/**
 * Refuses forms that another site sends. By the host alone, as a proxy in front may speak TLS where we do not.
 */
export const sameOriginForms: MiddlewareHandler = csrf({
  origin: (origin, c) => URL.parse(origin)?.host === c.req.header('host'),
})

/** Refuses requests for other names: a site elsewhere may let its own name lead to this machine. */
export const onlyOwnHosts =
  (hosts: ReadonlySet<string>): MiddlewareHandler =>
  async (c, next) => {
    const host = URL.parse(`http://${c.req.header('host') ?? ''}`)?.hostname
    if (host !== undefined && hosts.has(host)) return next()
    return c.text('this dashboard is reached by the address that `ripplerank serve` printed\n', 421)
  }
