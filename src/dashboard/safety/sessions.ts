import { createHash, randomBytes } from 'node:crypto'

const LIFETIME_MS = 12 * 60 * 60 * 1000
const MOST = 10_000
const TOKEN_BYTES = 32

/** Who is logged in. In memory: a restart logs everybody out. Only hashes of the tokens are kept. */
export class Sessions {
  readonly #sessions = new Map<string, { readonly user: string; readonly untilMs: number }>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Begins a session and gives its token; the oldest ends where there are too many. */
  begin(user: string): string {
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    this.#sessions.set(hashOf(token), { user, untilMs: this.#now() + LIFETIME_MS })
    const [oldest] = this.#sessions.keys()
    if (this.#sessions.size > MOST && oldest !== undefined) this.#sessions.delete(oldest)
    return token
  }

  /** Whose token it is; undefined where it is nobody's, or too old. */
  userOf(token: string): string | undefined {
    const session = this.#sessions.get(hashOf(token))
    return session && session.untilMs > this.#now() ? session.user : undefined
  }

  end(token: string): void {
    this.#sessions.delete(hashOf(token))
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
