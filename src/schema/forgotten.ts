import { schema, t } from 'spark-connect-js'

/** Whom or what to forget, by the SHA-256 of kind and id, such as of `author:77`. Key: subject_hash. */
export const Forgotten = schema({ subject_hash: t.string })
