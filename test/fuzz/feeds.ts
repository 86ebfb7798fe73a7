import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { knownBy, nameEntries, rehearse, unread } from '@cme-commons/app'
import { type Feed, type FeedItem, type Item, itemCard, newsCard, type Trouble } from '@cme-commons/core'
import { type Db, findSource, inTx, migrate, open, putSource } from '@cme-commons/db'
import * as discord from '@cme-commons/discord'
import { createReader } from '@cme-commons/feeds'
import { makeLog, store } from '@cme-commons/server'
import * as slack from '@cme-commons/slack'
import { broken, documents } from '../support/broken-documents.ts'
import { dice } from '../support/news-month.ts'
import { knowledge } from '../support/world.ts'

const NOW = '2026-11-23T08:00:00.000Z'
const PAGE = { list: '.news li', title: 'a', link: 'a', date: 'time@datetime' }
/** So many documents are stored as well. */
const STORED = 1 / 100

export type Fuzzed = { runs: number; read: number; refused: Record<string, number>; stored: number; slowest: number }

/**
 * Breaks documents and reads them. Throws at the first one that stops the parser, leaves markup, mentions or a bad address in an item or a
 * card, or is stored by halves; the message holds what is needed to do it again.
 */
export async function fuzz({ runs, seed }: { runs: number; seed: number }): Promise<Fuzzed> {
  const reader = createReader({ userAgent: 'fuzz' })
  const folder = mkdtempSync(join(tmpdir(), 'cme-fuzz-'))
  const db = await open(`sqlite:${join(folder, 'cme.db')}`)
  const done: Fuzzed = { runs: 0, read: 0, refused: {}, stored: 0, slowest: 0 }
  try {
    await migrate(db, NOW)
    let next = 0
    const worker = async () => {
      for (let run = next++; run < runs; run = next++) {
        const roll = dice(seed * 1_000_003 + run)
        const isPage = roll() < 0.3
        const list = isPage ? documents.pages : documents.feeds
        const bytes = broken(list[Math.floor(roll() * list.length)]!, roll)
        const began = performance.now()
        const url = 'https://society.example/'
        const read = await reader.parse(bytes, isPage ? { url, page: PAGE } : { url })
        done.slowest = Math.max(done.slowest, performance.now() - began)
        const wrong = wrongWith(read) ?? (roll() < STORED ? await storedWrong(db, `s${run}`, read, done) : undefined)
        if (wrong) throw new Error(`run ${run} of seed ${seed}: ${wrong}\n${Buffer.from(bytes).toString('base64')}`)
        done.runs++
        if ('feed' in read) done.read++
        else done.refused[read.trouble.kind] = (done.refused[read.trouble.kind] ?? 0) + 1
      }
    }
    await Promise.all([worker(), worker(), worker()])
    return done
  } finally {
    await reader.close()
    await db.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Read = { feed: Feed } | { trouble: Trouble }

/** What must not be in a text that was cleaned: a tag that a browser would take for one (`Vec<S>` names a type), and characters that nobody sees. */
const MARKUP = /<\/?(?:script|img|iframe|style|svg|object|div|span|p|a|b|i)(?=[\s/>])/i
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u

function wrongWith(read: Read): string | undefined {
  if ('trouble' in read) {
    if (read.trouble.kind === 'parser-stopped') return read.trouble.say
    return read.trouble.say ? undefined : 'a trouble that says nothing'
  }
  for (const item of read.feed.items) {
    const wrong = itemWrong(item)
    if (wrong) return wrong
  }
  return cardsWrong(read.feed.items.slice(0, 8))
}

function itemWrong({ title, text, link, published, updated }: FeedItem): string | undefined {
  if (!title) return 'an item without a title'
  for (const said of [title, text]) {
    if (MARKUP.test(said.replaceAll(/<[ABIQSU]>/g, ''))) return `markup in ${JSON.stringify(said.slice(0, 200))}`
    if (UNSEEN.test(said.replaceAll(/[\n\t]/g, ''))) return `unseen characters in ${JSON.stringify(said.slice(0, 200))}`
  }
  if (link !== undefined && (!/^https?:\/\/[^\s"<>]+$/i.test(link) || !URL.canParse(link))) return `the link ${link}`
  for (const date of [published, updated])
    if (date !== undefined && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(date)) return `the date ${date}`
  return undefined
}

const itemFrom = (entry: FeedItem, i: number): Item => ({
  ...{ id: `i${i}`, seq: i, topic: 'standards-integrity', region: 'us', tracks: [], actionRequired: false, why: [] },
  ...{ title: entry.title, text: entry.text, link: entry.link, published: entry.published ?? NOW, seen: NOW },
  ...{ old: false, sample: false, links: [{ source: 'wire', href: entry.link }] },
})

function cardsWrong(entries: readonly FeedItem[]): string | undefined {
  const items = entries.map(itemFrom)
  for (const card of [newsCard(items, knowledge), ...items.slice(0, 2).map((item) => itemCard(item, knowledge))]) {
    const inSlack = textsOf(slack.drawCard(card), ({ type }) => type === 'mrkdwn' || type === undefined, 'text')
    const said = inSlack.find((text) => /<(?:!(?!date\^)|@|#)|<(?!!date\^|https?:\/\/|mailto:)[a-z]/i.test(text))
    if (said) return `a mention or markup in Slack: ${JSON.stringify(said.slice(0, 300))}`
    const inDiscord = textsOf(discord.drawCard(card), () => true, 'content')
    const told = inDiscord.find((text) => /@(?:everyone|here)|<(?:@|#|a?:)/i.test(text))
    if (told) return `a mention in Discord: ${JSON.stringify(told.slice(0, 300))}`
  }
  return undefined
}

/** Every text of a drawn card that its platform reads as markup. */
function textsOf(value: unknown, counts: (holder: Record<string, unknown>) => boolean, key: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => textsOf(each, counts, key))
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  const own = typeof holder[key] === 'string' && counts(holder) ? [holder[key]] : []
  return [...own, ...Object.values(holder).flatMap((each) => textsOf(each, counts, key))]
}

/** Stores what was read: then all of it is there, or, of what could not be read, nothing. */
async function storedWrong(db: Db, id: string, read: Read, done: Fuzzed): Promise<string | undefined> {
  await inTx(db, (tx) => putSource(tx, { ...unread(id, NOW), url: 'https://society.example/', enabled: 1 }))
  const source = (await findSource(db.read, id))!
  const reading =
    'feed' in read
      ? { kind: 'items' as const, feed: read.feed, validators: {}, url: source.url! }
      : { kind: 'trouble' as const, ...read }
  await store(
    { db, content: knowledge, reader: undefined!, wake: async () => {}, log: makeLog('silent') },
    source,
    reading,
    NOW,
  )
  done.stored++
  const brought = await db.read.selectFrom('item_links').select('item').where('source', '=', id).execute()
  if (!('feed' in read)) return brought.length > 0 ? 'something of a broken document is stored' : undefined
  // Its guids may just have been let go: it is known by what the next poll knows it by.
  const now = (await findSource(db.read, id))!
  const again = await rehearse(db.read, now, await nameEntries(read.feed, knownBy(now)), NOW, knowledge)
  const lost = again.find(({ fate }) => fate === 'archive' || fate === 'unwanted' || fate === 'digest')
  return lost && `not all is stored: ${lost.title}`
}

if (process.argv[1] === import.meta.filename) {
  const options = { runs: { type: 'string', default: '50000' }, seed: { type: 'string', default: '1' } } as const
  const { values } = parseArgs({ options })
  const began = performance.now()
  const done = await fuzz({ runs: Number(values.runs), seed: Number(values.seed) })
  console.log(
    JSON.stringify({ seed: Number(values.seed), ...done, seconds: Math.round((performance.now() - began) / 1000) }),
  )
}
