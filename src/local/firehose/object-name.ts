export interface ObjectOrigin {
  readonly prefix: string // before the hour's folders; '' or ends with '/'
  readonly stream: string
  readonly version: number // of the stream's settings
  readonly openedAtMs: number // when the oldest record arrived, since 1970
  readonly unique: string // a UUID
}

/**
 * Names an object as Firehose does: `prefix/2018/12/09/22/stream-1-2018-12-09-22-10-30-uuid`, in UTC.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
export function objectName({ prefix, stream, version, openedAtMs, unique }: ObjectOrigin): string {
  const [day = '', clock = ''] = new Date(openedAtMs).toISOString().split(/[T.]/)
  const [hour = ''] = clock.split(':')
  const moment = `${day}-${clock.replaceAll(':', '-')}`
  return `${prefix}${day.replaceAll('-', '/')}/${hour}/${stream}-${version}-${moment}-${unique}`
}

/** What Firehose hangs on the name of an object that it packed by gzip. */
export const GZIP_SUFFIX = '.gz'
