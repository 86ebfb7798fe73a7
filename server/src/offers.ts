import { answerOffer, offeredFeeds } from '@cme-commons/app'
import type { Instant } from '@cme-commons/core'
import { inTx, openOffers } from '@cme-commons/db'
import type { Polling } from './poll.ts'

/** Addresses that are looked at in one round, and how long each may take. */
const AT_ONCE = 5
const MOST_MS = 60_000

/** Looks at the addresses at which moderators want to find feeds, outside any transaction, and tells them what is there. */
export async function lookAtOffers(
  { db, content, reader, wake, log }: Polling,
  now: Instant,
  stop?: AbortSignal,
): Promise<number> {
  const offers = await openOffers(db.read, AT_ONCE)
  await Promise.all(
    offers.map(async (offer) => {
      const late = AbortSignal.timeout(MOST_MS)
      const seen = await reader.discover(offer.url, stop ? AbortSignal.any([stop, late]) : late)
      if (stop?.aborted) return
      const feeds = 'found' in seen ? seen.found.map(({ url, reading }) => ({ url, feed: reading.feed })) : []
      const answer =
        'trouble' in seen ? { trouble: seen.trouble.say } : { found: await offeredFeeds(db.read, feeds, now, content) }
      log.info({ offer: offer.id, feeds: feeds.length }, 'looked for feeds')
      await inTx(db, (tx) => answerOffer(tx, offer, answer, now, wake))
    }),
  )
  return offers.length
}
