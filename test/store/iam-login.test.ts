import { describe, expect, it } from '@jest/globals'
import { sql } from 'kysely'
import { databaseToken } from '../../src/cloud/database-token.ts'
import { connect } from '../../src/store/connection.ts'
import { parseDatabaseUrl } from '../../src/store/database-url.ts'
import { openStore } from '../../src/store/store.ts'
import { temporaryFolder } from '../local/temporary-folder.ts'
import { startTokenServer } from './token-server.ts'

const HOST = 'db.c1a2b3.eu-west-1.rds.amazonaws.com'
const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'hush' }

/** Tokens that tell which one they are. */
function counted() {
  let made = 0
  return async ({ user }: { readonly user: string }) => `${user}-${(made += 1)}`
}

describe('logging in by IAM', () => {
  it('shows each connection’s server a token of its own, over TLS', async () => {
    await using folder = await temporaryFolder()
    await using server = await startTokenServer({ folder: folder.path, isGood: () => true })
    const url = `mysql://ann@127.0.0.1:${server.port}/scores?auth=iam`
    const db = await connect(parseDatabaseUrl(url, counted()))
    await Promise.all([1, 2, 3].map(() => sql`select 1`.execute(db)))
    await db.destroy()
    expect(server.tokens).toEqual(['ann-1', 'ann-2', 'ann-3'])
    await using store = await openStore({ url, tokenFor: counted() })
    const passwords = [await store.jdbcTarget(), await store.jdbcTarget()].map(({ password }) => password)
    expect(passwords).toEqual(['ann-2', 'ann-3'])
    expect((await store.jdbcTarget()).url).toContain('sslMode=REQUIRED')
  })

  it('keeps its token from a server without TLS, and tells nothing of one that is refused', async () => {
    await using folder = await temporaryFolder()
    await using plain = await startTokenServer({ folder: folder.path, isPlain: true, isGood: () => true })
    const urlOf = (port: number) => `mysql://ann@127.0.0.1:${port}/scores?auth=iam`
    const asked = openStore({ url: urlOf(plain.port), tokenFor: counted() })
    await expect(asked).rejects.toMatchObject({ code: 'insecure' })
    expect(plain.tokens).toEqual([])
    await using strict = await startTokenServer({ folder: folder.path, isGood: () => false })
    const refused = openStore({ url: urlOf(strict.port), tokenFor: counted() })
    await expect(refused).rejects.toMatchObject({
      code: 'access_denied',
      message: expect.not.stringContaining('ann-1'),
    })
    await expect(openStore({ url: urlOf(strict.port) })).rejects.toMatchObject({
      code: 'access_denied',
      message: expect.stringContaining('(this command makes none); correct the credentials'),
    })
  })

  it.each([
    ['mysql://ann:p@db/scores?auth=iam', 'it holds a password, and auth=iam makes one of its own'],
    ['mysql://ann@db/scores?auth=iam&ssl-mode=PREFERRED', 'auth=iam shows a token as it is'],
    ['mysql://ann@db/scores?auth=kerberos', 'its auth is kerberos, not password or iam'],
  ])('refuses %s', (url, sentence) => {
    expect(() => parseDatabaseUrl(url)).toThrow(sentence)
  })

  it('signs tokens as RDS takes them, for the region that the address names', async () => {
    const place = { host: HOST, port: 3306, user: 'ann' }
    const token = await databaseToken(place, { region: 'us-east-1', credentials })
    expect(token.startsWith(`${HOST}:3306/?`)).toBe(true)
    const query = new URL(`https://${token}`).searchParams
    expect(Object.fromEntries(query)).toMatchObject({
      Action: 'connect',
      DBUser: 'ann',
      'X-Amz-Expires': '900',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': expect.stringMatching(/^AKIA\/\d{8}\/eu-west-1\/rds-db\/aws4_request$/),
      'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(token).not.toContain('hush')
    const other = { ...place, host: 'db.internal' }
    expect(await databaseToken(other, { region: 'us-east-1', credentials })).toContain('us-east-1')
  })
})
