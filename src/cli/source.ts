import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

import { z } from 'zod'

/**
 * A flag's value that names data: a file or a folder, made absolute and found to exist, or an `s3://` address that
 * looks right.
 */
export const sourceOf = (flag: string) =>
  z.string().transform(async (text, context): Promise<string> => {
    const found = await findSource(flag, text)
    if ('found' in found) return found.found
    context.addIssue({ code: 'custom', message: found.problem })
    return z.NEVER
  })

type Source = { readonly found: string } | { readonly problem: string }

async function findSource(flag: string, text: string): Promise<Source> {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (scheme === 's3') return findS3(flag, text)
  if (scheme && scheme !== 'file') {
    return {
      problem: `${flag} ${text} has the scheme ${scheme}; give a file, a folder or s3://bucket/prefix`,
    }
  }
  return findPath(flag, { text, scheme })
}

function findS3(flag: string, text: string): Source {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  const hasBucket = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/|$)/.test(text)
  return hasBucket
    ? { found: text }
    : { problem: `${flag} ${text} names no bucket; write it as s3://bucket/prefix` }
}

async function findPath(
  flag: string,
  { text, scheme }: { readonly text: string; readonly scheme: string | undefined },
): Promise<Source> {
  try {
    // Absolute, because Spark has a working directory of its own.
    const path = scheme === 'file' ? fileURLToPath(text) : resolve(text)
    await stat(path)
    return { found: path }
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'EACCES'
        ? 'cannot be read'
        : 'does not exist'
    return { problem: `${flag} ${text} ${reason}; give a file, a folder or s3://bucket/prefix` }
  }
}
