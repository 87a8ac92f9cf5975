import { expect } from '@jest/globals'
import { testServices } from '../../environment/services.ts'
import { written } from './score-process.ts'

/** What must not be read anywhere. */
export function secretsOf(variables: Readonly<Record<string, string>>): readonly string[] {
  const { password } = new URL(variables['DATABASE_URL'] ?? '')
  const token = /token=([^;]+)/.exec(variables['SPARK_REMOTE'] ?? '')?.[1] ?? ''
  return [decodeURIComponent(password), token, variables['AWS_SECRET_ACCESS_KEY'] ?? ''].filter(Boolean)
}

/** Looks through all that the runs of this test file have written. */
export function expectNoSecrets(): void {
  const text = written.join('\n')
  const found = secretsOf(testServices().variables).map((secret) => text.includes(secret))
  expect(found).toEqual([false, false, false])
}
