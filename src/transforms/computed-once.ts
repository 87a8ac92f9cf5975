import type { AnyType, Column } from 'spark-connect-js'
import { array, get, transform } from 'spark-connect-js/functions'

/**
 * What `use` makes of a value, which is computed only once however often `use` names it: Spark has no other name
 * for a value within an expression than a lambda's variable. A lambda is interpreted, so that long expressions for
 * rare records cost nothing to compile.
 */
export const computedOnce = <T extends AnyType, R extends AnyType>(
  value: Column<T>,
  use: (value: Column<T>) => Column<R>,
) => get(transform(array(value), use), 0)
