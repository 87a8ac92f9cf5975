import { CreateSecurityConfigurationCommand, DescribeSecurityConfigurationCommand } from '@aws-sdk/client-emr'
import { createHash } from 'node:crypto'
import { isAws } from '../cloud-error.ts'
import { CLUSTER_PREFIX } from './cluster-settings.ts'
import type { EmrContext } from './emr-clients.ts'

export interface SecurityConfiguration {
  /** Follows from the content, as one that exists cannot be changed. */
  readonly name: string
  readonly document: string
}

/**
 * Encryption at rest, and IMDSv2 only: without the second, whatever runs on a node and can be made to fetch an address reads
 * the role's keys.
 * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html
 */
export function securityConfiguration(kmsKey: string | undefined): SecurityConfiguration {
  const disks = kmsKey !== undefined && {
    LocalDiskEncryptionConfiguration: {
      EncryptionKeyProviderType: 'AwsKms',
      AwsKmsKey: kmsKey,
      EnableEbsEncryption: true,
    },
  }
  const content = {
    EncryptionConfiguration: {
      EnableInTransitEncryption: false, // needs certificates of the user's own
      EnableAtRestEncryption: true,
      AtRestEncryptionConfiguration: {
        S3EncryptionConfiguration: { EncryptionMode: 'SSE-S3' },
        ...disks,
      },
    },
    InstanceMetadataServiceConfiguration: {
      MinimumInstanceMetadataServiceVersion: 2,
      HttpPutResponseHopLimit: 1,
    },
  }
  const document = JSON.stringify(content)
  const hash = createHash('sha256').update(document).digest('hex').slice(0, 8)
  return { name: `${CLUSTER_PREFIX}${hash}`, document }
}

/** Makes it where it is missing. @throws CloudError */
export async function ensureSecurityConfiguration(
  { name, document }: SecurityConfiguration,
  { aws, signal }: EmrContext,
): Promise<void> {
  const options = { abortSignal: signal }
  try {
    await aws.emr.send(new DescribeSecurityConfigurationCommand({ Name: name }), options)
  } catch (error) {
    if (!isAws(error, 'InvalidRequestException')) throw error
    const input = { Name: name, SecurityConfiguration: document }
    await aws.emr.send(new CreateSecurityConfigurationCommand(input), options).catch((second: unknown) => {
      // Somebody was faster.
      if (!(isAws(second, 'InvalidRequestException') && /already exists/i.test(second.message))) throw second
    })
  }
}
