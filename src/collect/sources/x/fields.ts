/** What is asked for with each post: all that an observation is made of (docs/formats.md), and nothing else. */
export const FIELDS: Readonly<Record<string, string>> = {
  'tweet.fields': [
    'author_id',
    'created_at',
    'edit_history_tweet_ids',
    'entities',
    'in_reply_to_user_id',
    'lang',
    'note_tweet',
    'public_metrics',
    'referenced_tweets',
  ].join(','),
  'user.fields': 'id,name,username,location,profile_image_url,public_metrics',
  expansions: [
    'author_id',
    'entities.mentions.username',
    'in_reply_to_user_id',
    'referenced_tweets.id',
    'referenced_tweets.id.author_id',
  ].join(','),
}
