/**
 * What people do about conferences and dates. A `scope` is `edition/<id>`, `conference/<id>` or `all`; `here` is `yes` for the channel it
 * was said in instead of oneself. `of` names what a moderator changes: `date/<id>`, `edition/<id>`, `conference/<id>`; `to` is `cancel`,
 * `restore` or `remove`. A text is typed, never carried by a button.
 */
export type ConferenceAction =
  | { do: 'dates'; from?: number }
  | { do: 'dates.all'; from?: number }
  | { do: 'dates.here' }
  | { do: 'date'; date: string }
  | { do: 'conferences'; name?: string; from?: number }
  | { do: 'conference'; conference: string }
  | { do: 'edition'; edition: string; from?: number }
  | { do: 'going'; edition: string; answer: string }
  | { do: 'follow'; scope: string; kind?: string; here?: string }
  | { do: 'follow.form'; scope: string; here?: string }
  | { do: 'follow.stop'; scope: string; here?: string }
  | { do: 'deadlines'; text?: string }
  | { do: 'plan.form'; form: string; of?: string; draft?: string }
  | { do: 'plan.change'; of: string; to: string }
  | { do: 'plan.save'; draft: string }
  | { do: 'plan.log'; of?: string }
  | { do: 'plan.reminders' }
