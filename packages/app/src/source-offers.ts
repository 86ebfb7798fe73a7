import {
  type Action,
  type Answers,
  addSourceForm,
  cut,
  type Feed,
  type FormReply,
  goneCard,
  type Instant,
  type Knowledge,
  lookingCard,
  type OfferedFeed,
  offerCard,
  offerLeftCard,
  offerTakenCard,
  type Reply,
  readLink,
  type SourceAction,
  type SourceOffer,
  sourceThereCard,
  t,
  topicName,
} from '@cme-commons/core'
import {
  addOffer,
  allSources,
  audit,
  dropOffer,
  findSpace,
  lookedAt,
  offerById,
  post,
  putSource,
  type Read,
  type SourceOfferTable,
  type Tx,
} from '@cme-commons/db'
import { addedSource, freeId, sameSource } from './add-source.ts'
import type { Ctx } from './ctx.ts'
import { rehearse } from './dry-run.ts'
import type { Wake } from './due.ts'
import { nameEntries } from './ingest.ts'
import { editorsOnly } from './items/desk.ts'
import { laneOf } from './lanes.ts'
import { memberOf, userAddress } from './people.ts'
import { toOf } from './rows.ts'
import { operatorsOnly, ownsSources } from './source-care.ts'

const VERBS: Record<SourceAction['do'], true> = {
  'sources.add': true,
  'sources.offer': true,
  'sources.take': true,
  'sources.leave': true,
}
export const isAboutSources = (action: Action): action is SourceAction => Object.hasOwn(VERBS, action.do)

/** Answers what moderators do to bring in a source; the network is for others, between two of these. */
export async function sourceReply(ctx: Ctx, action: SourceAction): Promise<Reply> {
  if (!ctx.actor.moderator) return editorsOnly
  if (!(await ownsSources(ctx.tx, ctx.actor.space))) return operatorsOnly
  if (action.do === 'sources.add') return action.url === undefined ? { ask: addSourceForm() } : begin(ctx, action.url)
  const row = await offerById(ctx.tx, action.offer)
  if (!row || row.space !== ctx.actor.space || row.member !== (await memberOf(ctx)).id)
    return { refuse: 'gone', say: goneCard('What was found there is not kept any more.') }
  if (action.do === 'sources.offer') return { say: offerCard(offerOf(row)), private: true }
  if (action.do === 'sources.take') return take(ctx, row, action.at ?? 0)
  await dropOffer(ctx.tx, row.id)
  return { say: offerLeftCard(row.url), private: true, update: true }
}

/** The form `sources.add`. */
export async function submitSource(ctx: Ctx, answers: Answers): Promise<FormReply> {
  if (!ctx.actor.moderator) return editorsOnly
  if (!(await ownsSources(ctx.tx, ctx.actor.space))) return operatorsOnly
  return begin(ctx, typeof answers.url === 'string' ? answers.url : '')
}

async function begin(ctx: Ctx, said: string): Promise<FormReply> {
  const { tx, now, actor } = ctx
  const page = readLink(said.replace(/^<|>$/g, ''))
  if ('error' in page)
    return {
      refuse: 'bad-answer',
      fields: { url: page.error },
      say: {
        title: 'No address yet',
        blocks: [{ kind: 'text', text: t`${page.error}` }],
        buttons: [{ label: 'Try again', style: 'primary', act: { do: 'sources.add' } }],
      },
    }
  const same = sameSource(await allSources(tx), '', page.href)
  if (same) return { refuse: 'already-there', say: sourceThereCard(same.name, same.url, same.enabled === 1) }
  const { id: member } = await memberOf(ctx)
  await addOffer(tx, { space: actor.space, member, address: userAddress(actor), url: page.href, at: now })
  return { say: lookingCard({ url: page.href }), private: true }
}

const offerOf = ({ id, url, found, trouble }: SourceOfferTable): SourceOffer => ({
  id,
  url,
  ...(found ? { found: JSON.parse(found) as OfferedFeed[] } : {}),
  ...(trouble ? { trouble } : {}),
})

/** Adds a feed that was found; it is read when sources are read next, and what it has then is old news. */
async function take(ctx: Ctx, row: SourceOfferTable, at: number): Promise<Reply> {
  const { tx, now, actor } = ctx
  const feed = offerOf(row).found?.[at]
  if (!feed) return { say: offerCard(offerOf(row)), private: true }
  const all = await allSources(tx)
  const same = sameSource(all, '', feed.url)
  if (same) return { refuse: 'already-there', say: sourceThereCard(same.name, same.url, same.enabled === 1) }
  const space = await findSpace(tx, actor.space)
  const id = freeId(all, feed.url)
  const source = addedSource(id, cut(feed.title, 100), feed.url, now, `moderators of ${space?.name ?? actor.space}`)
  await putSource(tx, source)
  const detail = JSON.stringify({ source: id, url: feed.url })
  await audit(tx, { at: now, space: actor.space, actor: 'a moderator', what: 'source.added', detail })
  await dropOffer(tx, row.id)
  return { say: offerTakenCard({ id, name: source.name, url: feed.url }), private: true, update: true }
}

const ENTRIES = 5

/** What is in feeds that were found, and what would become of it: before anything is stored. */
export async function offeredFeeds(
  db: Read,
  found: readonly { url: string; feed: Feed }[],
  now: Instant,
  content: Knowledge,
): Promise<OfferedFeed[]> {
  const offered: OfferedFeed[] = []
  for (const { url, feed } of found) {
    const lines = (
      await rehearse(db, addedSource('new', 'new', url, now), await nameEntries(feed), now, content)
    ).reverse()
    offered.push({
      url,
      title: cut(feed.title || url, 150),
      items: feed.items.length,
      known: lines.filter(({ fate }) => fate === 'known').length,
      lines: lines.slice(0, ENTRIES).map(({ title, published, topic, fate }) => ({
        title: cut(title, 150),
        fate,
        ...(published ? { published } : {}),
        ...(topic ? { topic: topicName(content, topic) } : {}),
      })),
    })
  }
  return offered
}

/** Keeps what is at an address and tells in private who asked, once. */
export async function answerOffer(
  tx: Tx,
  offer: SourceOfferTable,
  seen: { found: readonly OfferedFeed[] } | { trouble: string },
  now: Instant,
  wake: Wake,
): Promise<void> {
  const found = 'found' in seen ? JSON.stringify(seen.found) : null
  const trouble = 'trouble' in seen ? seen.trouble : null
  if (!(await lookedAt(tx, offer.id, { looked_at: now, found, trouble }))) return
  const space = await findSpace(tx, offer.space)
  if (!space || space.left_at !== null) return
  const lane = laneOf(space)
  const to = { space: space.id, ...toOf(offer.address) }
  const effect = { kind: 'message' as const, card: offerCard(offerOf({ ...offer, found, trouble })) }
  await post(tx, now, [{ key: `source-offer/${offer.id}`, lane, to, effect, due: now }])
  await wake(tx, lane, now)
}
