import { create, toBinary } from '@bufbuild/protobuf'
import { LocalRelationSchema } from '../generated/spark/connect/relations_pb.js'
import { relationNode, type RelationNode } from './relation.ts'

export interface LocalRows {
  /** An Arrow IPC stream; without it the frame has no rows. */
  readonly data?: Uint8Array
  /** Spark's JSON or DDL. */
  readonly schema: string
}

/** Rows that travel in the plan itself. */
export const localRelation = (rows: LocalRows): RelationNode =>
  relationNode({ case: 'localRelation', value: { ...rows } })

/** The bytes that a session keeps of rows that are too many to travel with every plan. */
export const localRelationBytes = (rows: LocalRows): Uint8Array =>
  toBinary(LocalRelationSchema, create(LocalRelationSchema, { ...rows }))

/** Rows that the session holds already. @param hash SHA-256, in hex, of `localRelationBytes`. */
export const cachedLocalRelation = (hash: string): RelationNode =>
  relationNode({ case: 'cachedLocalRelation', value: { hash } })
