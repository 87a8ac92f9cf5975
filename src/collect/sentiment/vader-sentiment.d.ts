/** The part of the package that is used; it comes without types. */
declare module 'vader-sentiment' {
  export const SentimentIntensityAnalyzer: {
    readonly polarity_scores: (text: string) => { readonly compound: number }
  }
}
