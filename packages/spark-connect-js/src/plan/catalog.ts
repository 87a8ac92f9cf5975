import { create, type MessageInitShape } from '@bufbuild/protobuf'
import type { CatalogSchema } from '../generated/spark/connect/catalog_pb.js'
import { RelationSchema } from '../generated/spark/connect/relations_pb.js'
import type { RelationNode } from './relation.ts'

/** What the catalog is asked for, or told, by the names of Spark Connect's messages. */
export type CatalogOperation = NonNullable<MessageInitShape<typeof CatalogSchema>['catType']>

/** A question to the catalog is a relation: its answer comes as rows. */
export const catalogRelation = (catType: CatalogOperation): RelationNode =>
  Object.freeze(create(RelationSchema, { relType: { case: 'catalog', value: { catType } } }))
