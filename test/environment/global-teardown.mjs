/** Stops what global-setup.mjs started. A run that is killed stops it too: the services end with their last guest. */
export default async function globalTeardown() {
  await globalThis.ripplerankTestServices?.[Symbol.asyncDispose]()
}
