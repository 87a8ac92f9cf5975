/** The account that all local services belong to. */
export const LOCAL_ACCOUNT = '123456789012'
