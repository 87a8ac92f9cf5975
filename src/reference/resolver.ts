/** Names the rules of `resolve-location.ts` and the lists behind them. Raise it when they change: then all is resolved anew. */
export const RESOLVER = 'ripplerank-1'
