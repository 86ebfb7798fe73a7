/**
 * What the moderators of a space do to an item, for their space alone. Without the parameter that says how (`until`, `why`, `into`,
 * `off`) the action asks: by a form (`item.pin`, `item.hide`) or a card of choices (`item.merge`, `item.split`). `until` is a day or a number of
 * days; `into` is the item under which it is shown from now on; `off` is the item, or the source whose link, that is shown by itself again.
 * `change` is one line of the history, which is undone, or gets its reason (by the form `item.why:<change>`). Forms are submitted as `item.relabel:<item>`, `item.summary:<item>`,
 * `item.pin:<item>`, `item.hide:<item>` and `item.merge:<item>`.
 */
export type ItemAction =
  | { do: 'item.edit'; item: string }
  | { do: 'item.relabel'; item: string }
  | { do: 'item.summary'; item: string }
  | { do: 'item.pin'; item: string; until?: string }
  | { do: 'item.unpin'; item: string }
  | { do: 'item.hide'; item: string; why?: string }
  | { do: 'item.show'; item: string }
  | { do: 'item.merge'; item: string; into?: string }
  | { do: 'item.split'; item: string; off?: string }
  | { do: 'item.history'; item?: string; before?: number }
  | { do: 'item.undo'; change: string }
  | { do: 'item.why'; change: string }

/**
 * Days read in news, put before the moderators of each space: `found` is the queue, `found.take` opens the form of a date of `edition`
 * filled in (without one it asks for which), `found.drop` is "not this one". Nothing is entered by itself.
 */
export type FoundDateAction =
  | { do: 'found'; from?: number }
  | { do: 'found.open'; found: string }
  | { do: 'found.take'; found: string; edition?: string }
  | { do: 'found.drop'; found: string }

/**
 * Moderators add a source by its address: `sources.add` looks for feeds there (asks for the address without one) and answers with a private card;
 * `sources.take` stores the feed at place `at` of what `offer` found; `sources.leave` forgets the offer.
 */
export type SourceAction =
  | { do: 'sources.add'; url?: string }
  | { do: 'sources.offer'; offer: string }
  | { do: 'sources.take'; offer: string; at?: number }
  | { do: 'sources.leave'; offer: string }
