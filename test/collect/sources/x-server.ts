import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

type Answer = (response: ServerResponse, url: URL) => void | Promise<void>

export const json =
  (body: object, status = 200, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }

/** A connection of the stream that sends these one after the other, and then ends unless it is to stay open. */
export const stream =
  (chunks: readonly (string | Uint8Array)[], { staysOpen = false } = {}): Answer =>
  async (response) => {
    response.writeHead(200).flushHeaders()
    for (const chunk of chunks) {
      response.write(chunk)
      await delay(5)
    }
    if (!staysOpen) response.end()
  }

interface Script {
  readonly streams: readonly Answer[] // one a connection; the last for all further ones
  readonly searches?: readonly Answer[]
  readonly rules?: readonly Answer[] // before the true ones
  readonly usage?: Answer
}

/** What X answers, by its documentation: rules, usage, search and the filtered stream. */
export async function startXServer(script: Script) {
  const calls: {
    readonly path: string
    readonly url: URL
    readonly body: string
    readonly authorization: string
  }[] = []
  const rules = new Map<string, { readonly value: string; readonly tag: string }>()
  let [streams, searches, refusals, made] = [0, 0, 0, 0]
  const answerRules = (body: string): object => {
    const { add = [], delete: removed = { ids: [] } } = body === '' ? {} : JSON.parse(body)
    for (const id of removed.ids) rules.delete(id)
    for (const { value } of add)
      if (value.includes('wrong operator'))
        return { errors: [{ title: 'UnprocessableEntity', details: ['there is no operator of that name'] }] }
    const added = add.map((rule: { readonly value: string; readonly tag: string }) => {
      rules.set(`rule${++made}`, rule)
      return { id: `rule${made}`, ...rule }
    })
    return body === ''
      ? { ...(rules.size > 0 && { data: [...rules].map(([id, rule]) => ({ id, ...rule })) }), meta: {} }
      : { data: added, meta: {} }
  }
  const answer = (path: string, body: string): Answer => {
    if (path === '/2/usage/tweets') return script.usage ?? json({ title: 'Forbidden' }, 403)
    if (path === '/2/tweets/search/recent') return script.searches?.[searches++] ?? json({ meta: {} })
    if (path === '/2/tweets/search/stream')
      return script.streams[Math.min(streams++, script.streams.length - 1)]!
    return script.rules?.[refusals++] ?? json(answerRules(body))
  }
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://x')
      const body = Buffer.concat(chunks).toString()
      calls.push({ path: url.pathname, url, body, authorization: request.headers.authorization ?? '' })
      void answer(url.pathname, body)(response, url)
    })
  })
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    calls,
    callsOf: (path: string) => calls.filter((call) => call.path === path),
    rules,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((done) => {
        server.close(done)
      })
    },
  }
}
