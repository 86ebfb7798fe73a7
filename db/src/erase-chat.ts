import type { Traces } from './erase.ts'
import { redacted, someNaming, whoNames } from './erase-words.ts'
import type { Tx } from './tx.ts'

/**
 * Forgets what a member said and was told in the try-out chat, and what others were shown of her work there; where the bot names her
 * otherwise, her name goes. What others typed stays theirs.
 */
export async function forgetChat(tx: Tx, traces: Traces): Promise<void> {
  for (const { space, user } of traces.identities) {
    await tx
      .deleteFrom('try_messages')
      .where('space', '=', space)
      .where((e) => e.or([e('reader', '=', user), e('author', '=', user)]))
      .execute()
    const works = [...traces.reviews, ...traces.documents]
    for (const key of works.length > 0 ? await linesOf(tx, space, works) : [])
      await tx.deleteFrom('try_messages').where('key', '=', key).execute()
    const words = whoNames(traces)
    const naming = tx.selectFrom('try_messages').select(['key', 'card']).where('space', '=', space)
    for (const { key, card } of await naming.where((e) => someNaming(e.ref('card'), words)).execute())
      await tx
        .updateTable('try_messages')
        .set({ card: redacted(card!, words) })
        .where('key', '=', key)
        .execute()
  }
}

/** The lines whose card leads to one of her documents or reviews, or tells of one. */
async function linesOf(tx: Tx, space: string, works: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('try_messages')
    .select(['key', 'card'])
    .where('space', '=', space)
    .where((e) => e.or([someNaming(e.ref('card'), works), someNaming(e.ref('key'), works)]))
    .execute()
  const whole = new RegExp(`(?<![a-z0-9])(?:${works.join('|')})(?![a-z0-9])`)
  return rows.filter(({ key, card }) => whole.test(key) || whole.test(card ?? '')).map(({ key }) => key)
}
