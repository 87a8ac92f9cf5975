// Runs on Node 20 before anything is installed: plain JavaScript, nothing but Node's own modules.

import { statfsSync } from 'node:fs'

/** Exit codes of the command line (docs/architecture.md). */
export const exitCodes = Object.freeze({ other: 1, configuration: 2, unavailable: 4 })

/** Set-up cannot go on. The message is one sentence that says what to do. */
export class SetupError extends Error {
  name = 'SetupError'

  /**
   * @param {string} message
   * @param {{ exitCode?: number, cause?: unknown }} [options]
   */
  constructor(message, { exitCode = exitCodes.configuration, cause } = {}) {
    super(message, { cause })
    this.exitCode = exitCode
  }
}

/** What a full disk, a missing network and a refused write look like in the output of npm and Maven. */
const diskIsFull = /ENOSPC|No space left on device|There is not enough space/i
const cannotWrite = /EACCES|EROFS|Permission denied|Read-only file system/i
const noNetwork =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|UnknownHostException|Unknown host|Name or service not known|Temporary failure in name resolution|Connection refused|Connect(ion)? timed out|connect timed out|Network is unreachable|No route to host|network request .* failed|Could not transfer artifact/i

/** The sentence for a disk without room, in the project folder or elsewhere. */
export function diskFull(cause) {
  return new SetupError('The disk is full: free about 2 GB, then run the command again.', { cause })
}

/**
 * Looks before a step starts: npm, for one, reports a full disk as whatever breaks first.
 * @param {string} folder
 * @param {number} megabytes
 * @throws {SetupError} when there is less room
 */
export function requireSpace(folder, megabytes) {
  const { bavail, bsize } = statfsSync(folder)
  if ((bavail * bsize) / 2 ** 20 < megabytes) throw diskFull()
}

/**
 * Turns the output of a failed tool into the sentence for its cause.
 * @param {{ tool: string, output: string, cause?: unknown }} failure
 */
export function explainFailure({ tool, output, cause }) {
  if (diskIsFull.test(output)) return diskFull(cause)
  if (noNetwork.test(output)) {
    const message = `${tool} cannot reach its registry: connect this machine to the network (or set the proxy or mirror that ${tool} shall use), then run the command again.`
    return new SetupError(message, { exitCode: exitCodes.unavailable, cause })
  }
  if (cannotWrite.test(output)) {
    return new SetupError(
      `${tool} may not write where it must: check the owner of the project folder and of ${tool}'s cache.`,
      { cause },
    )
  }
  const lastWords = output.trim().split('\n').slice(-15).join('\n')
  return new SetupError(`${tool} failed; run the command again after mending what it says:\n${lastWords}`, {
    exitCode: exitCodes.other,
    cause,
  })
}
