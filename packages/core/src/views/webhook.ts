import type { Card } from '../card.ts'
import { code, strong, t } from '../text.ts'

/** What moderators are told of a webhook: `host` alone, since the rest of an address may be a secret. */
export type WebhookAmiss = { id: string; host: string; why: string }

/** An address said that it is gone for good: nothing is sent to it any more. */
export const webhookStoppedCard = ({ id, host, why }: WebhookAmiss): Card => ({
  title: 'A webhook has stopped',
  blocks: [
    { kind: 'text', text: t`The program at ${strong(host)} is not told of anything any more (${code(id)}): ${why}` },
    { kind: 'text', text: t`Your operator adds it again when it is back: ${code('cme webhook add')}.` },
  ],
})

/** An address has not taken something for three days. */
export const webhookTroubleCard = ({ id, host, why }: WebhookAmiss): Card => ({
  title: 'A webhook does not get through',
  blocks: [
    { kind: 'text', text: t`The program at ${strong(host)} missed something (${code(id)}): ${why}` },
    {
      kind: 'text',
      text: t`Once it answers again, your operator sends what it missed: ${code(`cme webhook redeliver ${id}`)}.`,
    },
  ],
})
