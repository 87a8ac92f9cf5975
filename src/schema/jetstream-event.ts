import { schema, t } from 'spark-connect-js'

const text = t.string.nullable

const Reference = t.struct({ uri: text }).nullable

/** The keys read of what a commit writes: a post, a repost, a like or a follow. */
export const BlueskyRecord = schema({
  text,
  createdAt: text,
  langs: t.array(text).nullable,
  subject: text, // of a repost or like an object with a URI, of a follow a DID
  via: Reference,
  reply: t.struct({ parent: Reference }).nullable,
  facets: t.array(t.struct({ features: t.array(Reference).nullable }).nullable).nullable,
  embed: t.struct({
    record: t.struct({ uri: text, record: Reference }).nullable, // with media, one level further in
    external: Reference,
    media: t.struct({ external: Reference }).nullable,
  }).nullable,
})

/** The keys of an event of Bluesky's Jetstream that are read. */
export const JetstreamEvent = schema({
  did: text,
  time_us: text,
  kind: text,
  commit: t.struct({
    operation: text,
    collection: text,
    rkey: text,
    record: t.struct(BlueskyRecord).nullable,
  }).nullable,
  account: t.struct({ active: text }).nullable,
})
