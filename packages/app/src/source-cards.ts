import { type Card, type Instant, strong, type Trouble, t, when } from '@cme-commons/core'
import type { SourceTable } from '@cme-commons/db'

const text = (said: ReturnType<typeof t>): Card['blocks'] => [{ kind: 'text', text: said }]
const all: Card['buttons'] = [{ label: 'All sources', act: { do: 'sources' } }]

/** Told once, when a source fails for good or for a while. */
export const failingCard = (source: SourceTable, since: Instant, trouble: Trouble): Card => ({
  title: trouble.kind === 'page-changed' ? 'A news page has changed' : 'A news source has stopped answering',
  blocks: text(
    t`${strong(source.name)} fails since ${when(since)}. ${trouble.say} It is tried again, less and less often; you hear of it when it is back.`,
  ),
  buttons: all,
})

/** Told once, when a server says that a source is gone for good: nothing reads it any more. */
export const mutedCard = (source: SourceTable, trouble: Trouble): Card => ({
  title: 'A news source is gone',
  blocks: text(
    t`${strong(source.name)} is not read any more. ${trouble.say} When it is back, your operator switches it on with ${strong(`cme feeds enable ${source.id}`)}, which reads it first.`,
  ),
  buttons: all,
})

/** Told once, when a source's own marks of its items turn out to be none: from now on these are known by address and title. */
export const badGuidsCard = (source: SourceTable, { seen, bad }: { seen: number; bad: number }): Card => ({
  title: 'A news source mixes up its items',
  blocks: text(
    t`${strong(source.name)} marks its items in a way that repeats or changes: ${bad} of ${seen} marks now. Its items are known by their address, title and day from now on, so that nothing is missed or told twice. If something comes twice all the same, hide one or merge both.`,
  ),
  buttons: all,
})

/** Told once, when a source that moderators were told of answers again. */
export const recoveredCard = (source: SourceTable): Card => ({
  title: 'A news source is back',
  blocks: text(t`${strong(source.name)} answers again. What it published meanwhile comes with the next digests.`),
})
