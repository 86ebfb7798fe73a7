/**
 * What moderators do about conference channels, one for each edition. `to` of a command is `open` or `archive`; of a decision about
 * something that is to come it is `hold`, `skip`, `release` or `now`, and `close.<attempt>` for the end of a channel as it was opened then.
 * `item` names what is to come: `morning.2027-03-14`, `cd12.7d`, `archive.2027-04-15`.
 */
export type ChannelAction =
  | { do: 'channels'; to?: string; name?: string }
  | { do: 'channel'; edition: string }
  | { do: 'channel.form'; edition: string; form?: string }
  | { do: 'channel.open'; edition: string; draft: string }
  | { do: 'channel.again'; edition: string }
  | { do: 'channel.coming'; edition: string; from?: number }
  | { do: 'channel.item'; edition: string; item: string }
  | { do: 'channel.decide'; edition: string; item: string; to: string }
