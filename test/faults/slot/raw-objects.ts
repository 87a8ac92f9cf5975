import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { simulateRecords } from '../../../src/collect/sources/simulate.ts'
import { testServices } from '../../environment/services.ts'

/** The slot that the records of `rawObjects` lie in. */
export const SLOT = '2018-12-09T19:15:00Z'
const TIMES = { startMs: Date.UTC(2018, 11, 9, 13), endMs: Date.UTC(2018, 11, 9, 19, 10) }

/** A tweet by X API v2, which takes a second pass over silver. */
const V2_LINE = JSON.stringify({
  data: { id: '9100', text: 'The #parade again', author_id: '91', created_at: '2018-12-09T18:00:00.000Z' },
  includes: { users: [{ id: '91', name: 'Ida', username: 'ida_n' }] },
  matching_rules: [{ id: '1', tag: 'lantern parade' }],
})

/** Simulated records as text lines, the same for the same seed. */
export function simulatedLines(options: { readonly seed: number; readonly records: number }): string[] {
  const shares = { broken: 0, late: 0 }
  const records = simulateRecords({ ...options, ...TIMES, terms: ['lantern parade'], shares })
  return [...records].map(({ data }) => data)
}

/** Some objects with retweets of a few cascades, a tweet of another format and two records that nobody can use. */
export function rawObjects(seed = 1): ReadonlyMap<string, string> {
  const lines = simulatedLines({ seed, records: 60 })
  lines.splice(7, 0, '{"status_id":"1","te')
  lines.splice(33, 0, V2_LINE)
  lines.splice(50, 0, '{"status_id":"2"}}')
  const objects = new Map<string, string>()
  for (let start = 0; start < lines.length; start += 13) {
    objects.set(`2018/12/09/${13 + start / 13}/part`, `${lines.slice(start, start + 13).join('\n')}\n`)
  }
  return objects
}

/** A place on the embedded S3 for one test's objects. */
export interface RawPlace extends Disposable {
  readonly input: string
  readonly put: (key: string, body: string | Uint8Array) => Promise<void>
  readonly remove: (key: string) => Promise<void>
}

/** Opens a prefix, and puts objects there. */
export async function rawPlace(
  name: string,
  objects: ReadonlyMap<string, string | Uint8Array>,
  bucket = testServices().s3.bucket,
): Promise<RawPlace> {
  const { endpoint, region, accessKeyId, secretAccessKey } = testServices().s3
  const credentials = { accessKeyId, secretAccessKey }
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
  const at = (key: string) => ({ Bucket: bucket, Key: `faults/${name}/${key}` })
  const place: RawPlace = {
    input: `s3://${bucket}/faults/${name}`,
    put: async (key, body) => void (await s3.send(new PutObjectCommand({ ...at(key), Body: body }))),
    remove: async (key) => void (await s3.send(new DeleteObjectCommand(at(key)))),
    [Symbol.dispose]: () => s3.destroy(),
  }
  for (const [key, body] of objects) await place.put(key, body)
  return place
}
