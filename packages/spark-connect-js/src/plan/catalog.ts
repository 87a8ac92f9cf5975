import type { MessageInitShape } from '@bufbuild/protobuf'
import type { CatalogSchema } from '../generated/spark/connect/catalog_pb.js'
import { relationNode, type RelationNode } from './relation.ts'

/** What the catalog is asked for, or told, by the names of Spark Connect's messages. */
export type CatalogOperation = NonNullable<MessageInitShape<typeof CatalogSchema>['catType']>

/** A question to the catalog is a relation: its answer comes as rows. */
export const catalogRelation = (catType: CatalogOperation): RelationNode =>
  relationNode({ case: 'catalog', value: { catType } })
