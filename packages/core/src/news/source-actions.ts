/**
 * What moderators do about where news comes from, where one community has the program to itself. `url` was looked at before: it is typed or
 * found, and too long for a button.
 */
export type SourceCareAction =
  | { do: 'source'; source: string }
  | { do: 'source.pause'; source: string }
  | { do: 'source.resume'; source: string }
  | { do: 'source.add'; url: string; name?: string }
  | { do: 'source.move'; source: string; url: string }
