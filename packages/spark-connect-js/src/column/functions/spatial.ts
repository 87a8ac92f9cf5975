import type { ScalarType } from '../../types/data-type.ts'
import type { Column } from '../column.ts'
import { unary, type AnyBinary, type IntegerOrColumn, type SameType } from './argument.ts'
import { callFunction, type NullOf } from './call.ts'

type Shape = ScalarType<'geometry' | 'geography', boolean>

/**
 * A shape on a plane of its Well-Known Binary, with the reference system 0. Needs `spark.sql.geospatial.enabled`,
 * without which every function of shapes is an error.
 * @since Spark 4.1
 * @example hex(stAsbinary(stGeomfromwkb(unhex(lit('0101000000000000000000F03F0000000000000040'))))) // => '0101000000000000000000F03F0000000000000040'
 */
export const stGeomfromwkb = unary<AnyBinary, 'geometry'>('st_geomfromwkb')

/**
 * A shape on the earth of its Well-Known Binary, with the reference system 4326. Needs `spark.sql.geospatial.enabled`.
 * @since Spark 4.1
 * @example stSrid(stGeogfromwkb(unhex(lit('0101000000000000000000F03F0000000000000040')))) // => 4326
 */
export const stGeogfromwkb = unary<AnyBinary, 'geography'>('st_geogfromwkb')

/**
 * The Well-Known Binary of a shape. Needs `spark.sql.geospatial.enabled`.
 * @since Spark 4.1
 * @example length(stAsbinary(stGeogfromwkb(unhex(lit('0101000000000000000000F03F0000000000000040'))))) // => 21
 */
export const stAsbinary = unary<Shape, 'binary'>('st_asbinary')

/**
 * The same shape in another reference system, its coordinates as they were. Needs `spark.sql.geospatial.enabled`.
 * @since Spark 4.1
 * @example stSrid(stSetsrid(stGeomfromwkb(unhex(lit('0101000000000000000000F03F0000000000000040'))), 3857)) // => 3857
 */
export const stSetsrid = <R extends Column<Shape>, const S extends IntegerOrColumn>(
  shape: R,
  srid: S,
): Column<SameType<R, NullOf<R | S>>> => callFunction('st_setsrid', shape, srid)

/**
 * The number of a shape's reference system. Needs `spark.sql.geospatial.enabled`.
 * @since Spark 4.1
 * @example stSrid(stGeomfromwkb(unhex(lit('0101000000000000000000F03F0000000000000040')))) // => 0
 */
export const stSrid = unary<Shape, 'integer'>('st_srid')
