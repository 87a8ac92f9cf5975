import type { AwsAccess } from '../cloud/aws-clients.ts'
import type { Environment } from './environment.ts'

/**
 * Who calls AWS and where, by the variables. What they do not say (profiles, an instance's role, single sign-on) the SDK finds
 * by itself.
 */
export function awsAccess(variables: Environment): AwsAccess {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = variables
  const { AWS_SESSION_TOKEN: sessionToken, AWS_ENDPOINT_URL: anyService } = variables
  const hasKeys = accessKeyId !== undefined && secretAccessKey !== undefined
  return {
    region: variables.AWS_REGION ?? variables.AWS_DEFAULT_REGION,
    credentials: hasKeys
      ? { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
      : undefined,
    endpoints: {
      firehose: variables.AWS_ENDPOINT_URL_FIREHOSE ?? anyService,
      s3: variables.AWS_ENDPOINT_URL_S3 ?? anyService,
      iam: variables.AWS_ENDPOINT_URL_IAM ?? anyService,
      logs: variables.AWS_ENDPOINT_URL_CLOUDWATCH_LOGS ?? anyService,
      emr: variables.AWS_ENDPOINT_URL_EMR ?? anyService,
      scheduler: variables.AWS_ENDPOINT_URL_SCHEDULER ?? anyService,
      sts: variables.AWS_ENDPOINT_URL_STS ?? anyService,
      sqs: variables.AWS_ENDPOINT_URL_SQS ?? anyService,
      secrets: variables.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? anyService,
    },
  }
}
