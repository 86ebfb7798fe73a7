import type { Traces } from './erase.ts'
import { redacted, someNaming, whoNames } from './erase-words.ts'
import type { Tx } from './tx.ts'

/** Forgets who opened and decided what of conference channels, and her name where moderators wrote who moderates when. */
export async function forgetInChannels(tx: Tx, traces: Traces): Promise<void> {
  const { member, identities } = traces
  await tx.updateTable('conference_channels').set({ opened_by: null }).where('opened_by', '=', member).execute()
  await tx.updateTable('channel_decisions').set({ decided_by: null }).where('decided_by', '=', member).execute()
  const words = whoNames(traces)
  for (const space of new Set(identities.map(({ space }) => space)))
    for (const { id, rota } of await tx
      .selectFrom('conference_channels')
      .select(['id', 'rota'])
      .where('space', '=', space)
      .where('rota', 'is not', null)
      .where((e) => someNaming(e.ref('rota'), words))
      .execute()) {
      const left = JSON.parse(redacted(JSON.stringify(rota), words)) as string
      await tx.updateTable('conference_channels').set({ rota: left }).where('id', '=', id).execute()
    }
}
