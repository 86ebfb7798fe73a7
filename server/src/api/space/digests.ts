import { keptDigest, upcoming } from '@cme-commons/app'
import { DAY, type Item, plus } from '@cme-commons/core'
import {
  auditLines,
  type ConferenceChannelTable,
  channelDigestsPage,
  conferenceChannelsOf,
  findConferenceChannel,
} from '@cme-commons/db'
import { z } from '@hono/zod-openapi'
import type { ApiHouse } from '../house.ts'
import type { Kept } from '../kept.ts'
import { isId } from '../news.ts'
import { type Operation, ok, reading } from '../operation.ts'
import { paged, pageOf, pageParameters } from '../paging.ts'
import { refused, told } from '../told.ts'
import { digest } from './digest-schemas.ts'
import { auditLine, channelDigest, coming, conferenceChannel } from './schemas.ts'

const itemJson = (item: Item) => ({
  id: item.id,
  title: item.title,
  link: item.link ?? null,
  published: item.published,
  topic: item.topic,
  body: item.body ?? null,
  region: item.region,
  tracks: item.tracks,
  actionRequired: item.actionRequired,
  actionDate: item.actionDate ?? null,
})

const channelJson = (row: ConferenceChannelTable) => ({
  id: row.id,
  edition: row.edition,
  channel: row.channel,
  forum: row.forum,
  name: row.name,
  topic: row.topic,
  state: row.state,
  trouble: row.trouble,
  archiveOn: row.archive_on,
  made: row.made_at,
  opened: row.opened_at,
  ended: row.ended_at,
})

const MOST_DAYS = 31
const untilQuery = z.strictObject({
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST_DAYS)
    .default(7)
    .openapi({ param: { name: 'days', in: 'query', description: 'For so many days from now.' }, example: 14 }),
})
const page = z.strictObject(pageParameters)

/** Digests that were sent, what will be sent, conference channels, and who changed what. */
export function spaceReads(house: ApiHouse, kept: Kept): Operation[] {
  return [
    reading(house, {
      path: '/v1/digests',
      operationId: 'listDigests',
      tag: 'deliveries',
      summary: 'The digests that the channels of this community got, the latest first',
      access: 'moderator',
      answers: { 200: ok(pageOf('digests', channelDigest), 'One page.') },
      query: page,
      async handle({ c, caller, db, query: { limit, cursor } }) {
        const rows = await channelDigestsPage(db, caller!.space, {
          limit: limit + 1,
          ...(cursor ? { after: cursor } : {}),
        })
        return paged(
          c,
          'digests',
          rows,
          limit,
          ({ made, key }) => [made, key],
          ({ effect, to, made, state }) => ({
            digest: effect.kind === 'digest' ? effect.digest : '',
            subscription: effect.kind === 'digest' ? effect.subscription : '',
            channel: 'channel' in to ? to.channel : '',
            at: made,
            state,
          }),
        )
      },
    }),
    reading(house, {
      path: '/v1/digests/{id}',
      operationId: 'getDigest',
      tag: 'deliveries',
      summary: 'One digest as it was, by the id that its page has',
      access: 'anyone',
      params: { id: 'd1' },
      answers: { 200: ok(digest, 'The digest.') },
      kept,
      async handle({ db, id }) {
        const found = isId(id) ? await keptDigest(db, id) : undefined
        if (!found) return refused(404, 'No digest has this id, or it is not kept any more.')
        const { at, filter } = found.digest
        return told({ id, at, page: `${house.site}/digests/${id}`, filter, items: found.items.map(itemJson) })
      },
    }),
    reading(house, {
      path: '/v1/upcoming',
      operationId: 'listUpcoming',
      tag: 'deliveries',
      summary: 'What will be sent in this community, the soonest first',
      description:
        'Worked out by the functions that send it; of the whole installation the soonest thousand are looked at.',
      access: 'moderator',
      answers: { 200: ok(z.strictObject({ upcoming: z.array(coming) }), 'All of it.') },
      query: untilQuery,
      async handle({ caller, db, query: { days } }) {
        const now = house.now()
        const all = await upcoming(db, now, plus(now, days * DAY), house.content)
        const ours = all.filter(({ space }) => space === caller!.space)
        return told({
          upcoming: ours.map(({ at, what, to, readers, items }) => ({ at, what, to, readers, items: items ?? null })),
        })
      },
    }),
    reading(house, {
      path: '/v1/channels',
      operationId: 'listChannels',
      tag: 'conferences',
      summary: 'The conference channels of this community, the latest first',
      access: 'moderator',
      answers: { 200: ok(z.strictObject({ channels: z.array(conferenceChannel) }), 'All of them.') },
      async handle({ caller, db }) {
        return told({ channels: (await conferenceChannelsOf(db, caller!.space)).map(channelJson) })
      },
    }),
    reading(house, {
      path: '/v1/channels/{id}',
      operationId: 'getChannel',
      tag: 'conferences',
      summary: 'One conference channel',
      access: 'moderator',
      params: { id: 'cc1' },
      answers: { 200: ok(conferenceChannel, 'The channel.') },
      async handle({ caller, db, id }) {
        const row = isId(id) ? await findConferenceChannel(db, id) : undefined
        return row?.space === caller!.space
          ? told(channelJson(row))
          : refused(404, 'This community has no such channel.')
      },
    }),
    reading(house, {
      path: '/v1/audit',
      operationId: 'listAudit',
      tag: 'operations',
      summary: 'Who changed what in this community, the latest first',
      access: 'admin',
      answers: { 200: ok(pageOf('lines', auditLine), 'One page.') },
      query: page,
      async handle({ c, caller, db, query: { limit, cursor } }) {
        const before = cursor && (Number.parseInt(cursor[0] ?? '', 10) || 0)
        const rows = await auditLines(db, {
          space: caller!.space,
          limit: limit + 1,
          ...(before === undefined ? {} : { before }),
        })
        const json = ({ seq, at, actor, what, detail }: (typeof rows)[number]) => ({
          id: String(seq),
          at,
          actor,
          what,
          detail,
        })
        return paged(c, 'lines', rows, limit, ({ seq }) => [String(seq)], json)
      },
    }),
  ]
}
