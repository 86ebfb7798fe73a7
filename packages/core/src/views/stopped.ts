import type { Card } from '../card.ts'
import { strong, type Text, t } from '../text.ts'

/** What moderators are told, once, when a platform takes nothing more for an address: what was to go there, why, and how to mend it. */
export const stoppedCard = (where: Text, why: string, subscription: string): Card => ({
  title: 'A digest has stopped',
  blocks: [
    { kind: 'text', text: t`The digest for ${where} could not be delivered, and is paused: ${strong(why)}` },
    { kind: 'text', text: t`Nothing is lost: when it goes on, it brings what has come since.` },
  ],
  buttons: [
    { label: 'It is mended: go on', style: 'primary', act: { do: 'digest.resume', subscription } },
    { label: 'Stop it for good', act: { do: 'digest.stop', subscription } },
  ],
})
