import {
  ingest,
  isRedesigned,
  nameEntries,
  perform,
  planDigests,
  settled,
  sourceRead,
  syncSources,
  unread,
} from '@cme-commons/app'
import { load } from '@cme-commons/content'
import {
  type Action,
  type Actor,
  CODE_LENGTH,
  CODE_LETTERS,
  type FeedItem,
  type Instant,
  parseCommand,
  type Reply,
} from '@cme-commons/core'
import { type Db, findSource, inTx, listDeliveries, putSource, putSpace } from '@cme-commons/db'

const loaded = load()
if ('problems' in loaded)
  throw new Error(loaded.problems.map(({ file, line, say }) => `${file}:${line} ${say}`).join('\n'))
export const { knowledge, samples } = loaded

export const sara: Actor = { space: 'try', user: 'sara', name: 'Sara', zone: 'America/New_York' }
export const moderator: Actor = {
  space: 'try',
  user: 'mo',
  name: 'Mo',
  zone: 'America/Chicago',
  moderator: true,
  channel: 'standards-news',
}

export const entry = (n: number, rest: Partial<FeedItem> = {}): FeedItem => ({
  id: `urn:${n}`,
  title: `ACCME explains rule ${n} of the Standards for Integrity and Independence`,
  link: `https://example.org/news/${n}`,
  text: 'Relevant financial relationships are mitigated before the role starts.',
  published: '2026-11-23T10:00:00.000Z',
  ...rest,
})

let codes = 0
/** Codes to link with, one after another: a test knows them by reading the card. */
export const random = (): string =>
  [...(codes++).toString(16).padStart(CODE_LENGTH, '0')]
    .map((digit) => CODE_LETTERS[Number.parseInt(digit, 16)])
    .join('')

/** The product without its edges: one space, one source, presses, reads and ticks at instants of the test's choosing. */
export async function worldOn(db: Db, start: Instant) {
  await inTx(db, (tx) =>
    putSpace(tx, {
      id: 'try',
      platform: 'try',
      name: 'Try',
      zone: 'UTC',
      moderators: 'channel:moderators',
      made_at: start,
    }),
  )
  await inTx(db, (tx) => syncSources(tx, knowledge, start))
  const world = {
    db,
    press: (actor: Actor, action: Action, now: Instant): Promise<Reply> =>
      inTx(db, (tx) => perform({ tx, now, content: knowledge, actor, random }, action)),
    say: (actor: Actor, text: string, now: Instant): Promise<Reply> => world.press(actor, parseCommand(text), now),
    async publish(entries: FeedItem[], now: Instant, source = 'wire'): Promise<number> {
      await inTx(db, (tx) =>
        putSource(tx, { ...unread(source, start), name: source, url: `http://${source}.example/`, enabled: 1 }, {}),
      )
      const row = (await findSource(db.read, source))!
      const named = await nameEntries({ format: 'rss', title: '', items: entries })
      const redesigned = await isRedesigned(db.read, row, named, now, knowledge)
      const items = await inTx(db, (tx) => ingest(tx, row, named, now, knowledge, { redesigned }))
      await inTx(db, (tx) => sourceRead(tx, row, now, { validators: {}, items }, async () => {}))
      return items
    },
    plan: (now: Instant) => planDigests(db, now, knowledge, async () => {}),
    sent: async () => (await listDeliveries(db.read, { space: 'try', limit: 500 })).deliveries,
    settled: (delivery: Parameters<typeof settled>[1], state: Parameters<typeof settled>[2]) =>
      inTx(db, (tx) => settled(tx, delivery, state, start)),
  }
  return world
}

export const titleOf = (reply: Reply): string => ('ask' in reply ? reply.ask.title : reply.say.title)
