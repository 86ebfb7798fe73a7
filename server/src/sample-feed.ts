import { datedSamples, type SampleItem } from '@cme-commons/content'
import type { Instant } from '@cme-commons/core'
import { type Db, inTx, putSetting, setting } from '@cme-commons/db'
import { escapeUTF8 } from 'entities'
import { Hono } from 'hono'

/** The content's source that the program itself publishes, so that everything can be tried without internet. */
export const SAMPLE_SOURCE = 'sample'
const EPOCH = 'sample/epoch'
const PATH = '/sample/news.xml'

/** Where this machine reaches the program itself: host and port as they stand in an address. */
export const ownAddress = ({ host, port }: { host: string; port: number }): string =>
  `${['0.0.0.0', '::', 'localhost'].includes(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`

/** The address of the sample feed on this machine. */
export const sampleAddress = (at: { host: string; port: number }): string => `http://${ownAddress(at)}${PATH}`

/** The day from which the sample items count: the day the database was first used. */
export async function sampleEpoch(db: Db, now: Instant): Promise<Instant> {
  const known = await setting(db.read, EPOCH)
  if (known) return known
  const today = `${now.slice(0, 10)}T00:00:00.000Z`
  await inTx(db, (tx) => putSetting(tx, EPOCH, today))
  return today
}

/** Made-up news that appears as time passes, as an ordinary feed: the real reader reads it over the network of this machine. */
export function sampleFeed(samples: readonly SampleItem[], epoch: Instant, site: string, now: () => Instant): Hono {
  const dated = datedSamples(samples, epoch.slice(0, 10)).map((sample) => ({
    ...sample,
    at: `${sample.day}T09:00:00.000Z`,
  }))
  return new Hono().get(PATH, (c) => {
    const entries = dated.filter(({ at }) => at <= now()).reverse()
    return c.body(rss(entries, site), 200, {
      'Content-Type': 'application/rss+xml; charset=utf-8',
      'Cache-Control': 'no-cache',
    })
  })
}

const rss = (
  entries: readonly (SampleItem & { at: Instant })[],
  site: string,
): string => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Sample news (made up)</title><link>${escapeUTF8(site)}</link><description>Made-up items for trying CME Commons out</description>
${entries.map(entryXml).join('\n')}
</channel></rss>
`

const entryXml = ({ id, title, text, at }: SampleItem & { at: Instant }): string =>
  `<item><guid isPermaLink="false">sample-${escapeUTF8(id)}</guid><title>${escapeUTF8(title)}</title>` +
  `<description>${escapeUTF8(text)}</description><pubDate>${new Date(at).toUTCString()}</pubDate></item>`
