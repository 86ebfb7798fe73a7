import { webhookStoppedCard, webhookTroubleCard } from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const amiss = { id: 'wh1', host: 'www.example.org' }

/** What moderators are told of webhooks. */
export const webhookViews = (): Shown[] => [
  { view: 'webhook/stopped', card: webhookStoppedCard({ ...amiss, why: 'It says that it is gone for good (410).' }) },
  { view: 'webhook/trouble', card: webhookTroubleCard({ ...amiss, why: 'It answers with status 503.' }) },
]
