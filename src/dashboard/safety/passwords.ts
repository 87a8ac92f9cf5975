import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

// OWASP's password storage cheat sheet: N = 2^16, r = 8, p = 2; 64 MiB and about 0.2 s a try.
const COST = { N: 65_536, r: 8, p: 2 } as const
const KEY_BYTES = 32
const SALT_BYTES = 16
const MEMORY_BYTES = 256 * COST.N * COST.r

const HASHED = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/

/** A password as it may be kept: `scrypt$N$r$p$salt$key`, salt and key in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const key = await derive(password.normalize('NFKC'), salt, KEY_BYTES, { ...COST, maxmem: MEMORY_BYTES })
  return `scrypt$${COST.N}$${COST.r}$${COST.p}$${salt.toString('base64url')}$${key.toString('base64url')}`
}

/** True for what `hashPassword` makes. */
export const isPasswordHash = (text: string): boolean => HASHED.test(text)

/** Whether a password is the one of a hash; takes as long if it is not. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, n, r, p, salt = '', key = ''] = HASHED.exec(hash) ?? []
  const expected = Buffer.from(key, 'base64url')
  const cost = { N: Number(n), r: Number(r), p: Number(p) }
  const options = { ...cost, maxmem: 256 * cost.N * cost.r }
  const found = await derive(
    password.normalize('NFKC'),
    Buffer.from(salt, 'base64url'),
    expected.length,
    options,
  )
  return expected.length > 0 && timingSafeEqual(found, expected)
}
