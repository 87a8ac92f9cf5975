import { Signer } from '@aws-sdk/rds-signer'
import type { AwsAccess } from './aws-clients.ts'
import { CloudError } from './cloud-error.ts'

interface DatabasePlace {
  readonly host: string
  readonly port: number
  readonly user: string
}

/**
 * Signs a token by which a user logs in to RDS or Aurora, instead of a password; calls nobody. It holds for 15 minutes, and a
 * connection that it opened for longer.
 * @throws CloudError `no_credentials`, `no_region`
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
 */
export async function databaseToken(
  { host, port, user }: DatabasePlace,
  { region, credentials }: AwsAccess,
): Promise<string> {
  const wanted = regionOf(host) ?? region
  const signer = new Signer({
    hostname: host,
    port,
    username: user,
    ...(wanted !== undefined && { region: wanted }),
    ...(credentials !== undefined && { credentials }),
  })
  try {
    return await signer.getAuthToken()
  } catch (error) {
    throw CloudError.from(error)
  }
}

/** @example regionOf('db.c1a2b3.eu-west-1.rds.amazonaws.com') // 'eu-west-1' */
const regionOf = (host: string): string | undefined =>
  /\.([a-z]{2}(?:-[a-z]+)+-\d)\.rds\.amazonaws\.com(?:\.cn)?$/.exec(host)?.[1]
