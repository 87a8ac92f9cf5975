import { expect, it } from '@jest/globals'
import { StoreError } from '../../src/store/store-error.ts'

it('a command on a connection that had broken before is as transient as the break itself', () => {
  const error = Object.assign(new Error("Can't add new command when connection is in closed state"), {
    fatal: true,
  })
  expect(StoreError.from(error)).toMatchObject({ code: 'unreachable', isTransient: true, cause: error })
})
