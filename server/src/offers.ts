import { answerOffer, offeredFeeds } from '@cme-commons/app'
import type { Instant } from '@cme-commons/core'
import { inTx, openOffers } from '@cme-commons/db'
import { schedule } from 'node-cron'
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

/** Looks every five seconds whether somebody waits to hear what is at an address. Two processes that do it at once tell her once. */
export function startLooking(polling: Polling, now: () => Instant): { stop(): Promise<void> } {
  const stopping = new AbortController()
  let looking: Promise<unknown> | undefined
  const failed = (error: unknown) =>
    polling.log.error({ err: error instanceof Error ? error.message : error }, 'looking for feeds failed')
  const look = () => {
    looking ??= lookAtOffers(polling, now(), stopping.signal)
      .catch(failed)
      .finally(() => {
        looking = undefined
      })
  }
  const task = schedule('*/5 * * * * *', look, { timezone: 'UTC', noOverlap: true })
  return {
    async stop() {
      stopping.abort()
      await task.stop()
      await looking
    },
  }
}
