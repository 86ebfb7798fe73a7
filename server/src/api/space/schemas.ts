import { z } from '@hono/zod-openapi'

const instant = z.iso.datetime()
const moment = instant.nullable()
const AT = '2026-11-23T08:00:00.000Z'

const memberExample = {
  id: 'm1',
  name: 'Sara',
  track: 'program',
  region: 'us',
  seen: AT,
  started: AT,
  moved: AT,
  finished: null,
  done: 2,
}
export const spaceMember = z
  .strictObject({
    id: z.string(),
    name: z.string().nullable(),
    track: z.string().nullable(),
    region: z.string().nullable(),
    seen: instant.describe('When she said something to the bot first.'),
    started: moment.describe('When she began her pathway, in this community.'),
    moved: moment.describe('When she did something on it last.'),
    finished: moment,
    done: z.int().nonnegative().describe('Steps that she did here; `/v1/members/{id}/progress` tells which.'),
  })
  .openapi('Member', { example: memberExample })

export const delivery = z
  .strictObject({
    id: z.string().describe('Of its key, as addresses carry it.'),
    key: z.string().describe('What it is, by name: the same is never sent twice.'),
    kind: z.string().describe('`digest`, `reminder`, `message` …'),
    to: z
      .strictObject({ user: z.string() })
      .or(z.strictObject({ channel: z.string() }))
      .describe('By the platform’s id.'),
    state: z.enum(['waiting', 'sending', 'done', 'dead', 'expired', 'skipped', 'withdrawn']),
    attempts: z.int().nonnegative(),
    made: instant,
    due: instant,
    expires: moment,
    settled: moment,
    trouble: z.string().nullable().describe('Why the last attempt failed.'),
    doubt: z.boolean().describe('True when an attempt ended without an answer, so that it may have arrived.'),
  })
  .openapi('Delivery', {
    example: {
      id: 'ZGlnZXN0L3MxLzIwMjYtMTEtMjM',
      key: 'digest/s1/2026-11-23',
      kind: 'digest',
      to: { channel: 'standards-news' },
      state: 'dead',
      attempts: 5,
      made: AT,
      due: AT,
      expires: null,
      settled: AT,
      trouble: 'The channel is gone.',
      doubt: false,
    },
  })

export const coming = z
  .strictObject({
    at: instant,
    what: z.string().describe('`digest`, `reminder`, `message` …'),
    to: z.array(z.string()).describe('The first and the last whom it goes to, as `user:…` or `channel:…`.'),
    readers: z.int().nonnegative(),
    items: z
      .int()
      .nonnegative()
      .nullable()
      .describe('Of a digest: how many items are known for it now. Without news it is not sent.'),
  })
  .openapi('Coming', {
    example: { at: '2026-11-30T13:00:00.000Z', what: 'digest', to: ['channel:standards-news'], readers: 1, items: 3 },
  })

const id = z.string().nullable()
export const settings = z
  .strictObject({
    space: z.string(),
    name: z.string(),
    platform: z.string(),
    zone: z.string(),
    news: id.describe('The channel that gets the digest of the community, by the platform’s id.'),
    moderators: id.describe('The channel in which moderators hear what needs a person.'),
    fallback: id.describe('Where members who take no direct messages get a private thread.'),
    moderatorRole: id,
    mentorRole: id,
    trackChannels: z.record(z.string(), z.string()).describe('A channel by track.'),
    trackRoles: z.record(z.string(), z.string()).describe('A role by track.'),
  })
  .openapi('Settings', {
    example: {
      space: 'try',
      name: 'Try',
      platform: 'try',
      zone: 'America/Chicago',
      news: 'standards-news',
      moderators: 'moderators',
      fallback: null,
      moderatorRole: null,
      mentorRole: null,
      trackChannels: { program: 'program' },
      trackRoles: {},
    },
  })
const chosen = z
  .string()
  .regex(/^[\w-]{1,80}$/, 'Give the platform’s id of a channel or role.')
  .nullable()
const byTrack = z.record(z.string().max(60), chosen)
export const settingsChange = z
  .strictObject({
    zone: z.string().max(60),
    news: chosen,
    moderators: chosen,
    fallback: chosen,
    moderatorRole: chosen,
    mentorRole: chosen,
    trackChannels: byTrack,
    trackRoles: byTrack,
  })
  .partial()
  .openapi('SettingsChange', { example: { zone: 'Europe/Brussels', trackChannels: { program: 'program' } } })

export const suggestion = z
  .strictObject({
    id: z.string(),
    member: z.string(),
    href: z.string(),
    title: z.string(),
    why: z.string(),
    at: instant,
    state: z.enum(['open', 'approved', 'declined']),
    decided: moment,
    reason: z.string().nullable().describe('Why it was declined, as the member was told.'),
    item: z.string().nullable().describe('The news item that it became, or was already.'),
  })
  .openapi('Suggestion', {
    example: {
      id: 'sug1',
      member: 'm1',
      href: 'https://example.org/report',
      title: 'A report on outcomes in continuing education',
      why: 'It has the figures that we are asked for.',
      at: AT,
      state: 'open',
      decided: null,
      reason: null,
      item: null,
    },
  })
export const newSuggestion = z
  .strictObject({
    href: z.string().max(2000),
    title: z.string().trim().min(1).max(200),
    why: z.string().trim().min(1).max(500),
  })
  .openapi('NewSuggestion', {
    example: {
      href: 'https://example.org/another-report',
      title: 'Another report on outcomes',
      why: 'It compares formats.',
    },
  })
export const approval = z
  .strictObject({
    title: z.string().trim().min(1).max(200),
    summary: z.string().trim().max(500),
    topic: z.string().max(60),
  })
  .partial()
  .openapi('Approval', { example: { title: 'A report on outcomes' } })
export const declining = z
  .strictObject({ reason: z.string().trim().min(1).max(500) })
  .openapi('Declining', { example: { reason: 'It was in the digest of last month.' } })

export const auditLine = z
  .strictObject({
    id: z.string(),
    at: instant,
    actor: z.string().describe('A member, or what else it was: `command line`.'),
    what: z.string(),
    detail: z.string(),
  })
  .openapi('AuditLine', {
    example: { id: '12', at: AT, actor: 'm1', what: 'suggestion.approved', detail: 'sug1' },
  })

export const channelDigest = z
  .strictObject({
    digest: z.string().describe('`/v1/digests/{id}` has it.'),
    subscription: z.string(),
    channel: z.string(),
    at: instant,
    state: z.string(),
  })
  .openapi('ChannelDigest', {
    example: { digest: 'd1', subscription: 's1', channel: 'standards-news', at: AT, state: 'done' },
  })

export const conferenceChannel = z
  .strictObject({
    id: z.string(),
    edition: z.string(),
    channel: id.describe('The platform’s id, once it is there.'),
    forum: id,
    name: z.string(),
    topic: z.string(),
    state: z.string().describe('`opening`, `open`, `archived` or `lost`.'),
    trouble: z.string().nullable(),
    archiveOn: z.iso.date().nullable(),
    made: instant,
    opened: moment,
    ended: moment,
  })
  .openapi('ConferenceChannel', {
    example: {
      id: 'cc1',
      edition: 'e1',
      channel: 'C0123',
      forum: null,
      name: 'sacme-2027',
      topic: 'SACME 2027, Lexington, KY',
      state: 'open',
      trouble: null,
      archiveOn: '2027-04-30',
      made: AT,
      opened: AT,
      ended: null,
    },
  })
