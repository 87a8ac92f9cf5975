import type { Column, StringColumn } from '../column.ts'
import { given, unaryOrNull, type AnyString, type StringOrColumn } from './argument.ts'
import { callFunction, type StringType } from './call.ts'

/** A part of an address that {@link parseUrl} takes. */
export type UrlPart = 'HOST' | 'PATH' | 'QUERY' | 'REF' | 'PROTOCOL' | 'FILE' | 'AUTHORITY' | 'USERINFO'

const urlParser =
  (name: string) =>
  (url: StringColumn, part: UrlPart | StringColumn, key?: StringOrColumn): Column<StringType<boolean>> =>
    callFunction(name, url, ...given(part, key))

/**
 * A part of an address, or with `'QUERY'` and a key that parameter; null where it is absent. No address is an error
 * under ANSI mode, else null.
 * @example parseUrl(lit('https://spark.apache.org/path?query=1'), 'QUERY', 'query') // => '1'
 */
export const parseUrl = urlParser('parse_url')

/**
 * A part of an address, or with `'QUERY'` and a key that parameter; null where it is absent or there is no address.
 * @since Spark 4.0
 * @example tryParseUrl(lit('inva lid://spark.apache.org'), 'HOST') // => null
 */
export const tryParseUrl = urlParser('try_parse_url')

/**
 * A text in the form of HTML's forms, `application/x-www-form-urlencoded`.
 * @example urlEncode(lit('a b/c')) // => 'a+b%2Fc'
 */
export const urlEncode = unaryOrNull<AnyString, 'string'>('url_encode')

/**
 * The text of what {@link urlEncode} made; an error if it is not of that form.
 * @example urlDecode(lit('a+b%2Fc')) // => 'a b/c'
 */
export const urlDecode = unaryOrNull<AnyString, 'string'>('url_decode')

/**
 * The text of what {@link urlEncode} made; null if it is not of that form.
 * @since Spark 4.0
 * @example tryUrlDecode(lit('%%')) // => null
 */
export const tryUrlDecode = unaryOrNull<AnyString, 'string'>('try_url_decode')
