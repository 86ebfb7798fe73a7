import { z } from '@hono/zod-openapi'

const instant = z.iso.datetime().openapi({ example: '2026-11-23T08:00:00.000Z' })
const day = z.iso.date().openapi({ example: '2027-01-15' })
const ref = z.strictObject({ id: z.string(), name: z.string() })

const why = z.strictObject({
  label: z.enum(['topic', 'body', 'region', 'tracks', 'action', 'date']),
  value: z.string(),
  cue: z.string().describe('The words that decided.'),
  where: z.enum(['title', 'text', 'source', 'moderator']),
  sense: z
    .enum(['comments', 'from', 'after'])
    .optional()
    .describe('Of a date that is no plain deadline: comments close, or something begins to hold on it or after it.'),
})

const item = {
  id: 'i1',
  title: 'Call for comment on the draft criteria for commendation',
  link: 'https://example.org/news/call-for-comment',
  text: 'Comments on the draft criteria are open until 15 January 2027.',
  published: '2026-11-20T14:00:00.000Z',
  seen: '2026-11-20T15:00:00.000Z',
  updated: null,
  body: 'accme',
  topic: 'criteria-policy',
  region: 'us',
  tracks: ['accreditation', 'academic'],
  actionRequired: true,
  actionDate: '2027-01-15',
  sample: false,
  sources: [{ id: 'accme-news', name: 'ACCME news', link: 'https://example.org/news/call-for-comment' }],
  why: [{ label: 'topic', value: 'criteria-policy', cue: 'draft criteria', where: 'title' }],
}

export const newsItem = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    link: z.url().nullable(),
    text: z
      .string()
      .describe(
        'Plain text as the source gave it; in a page its first 1,000 characters, ending in … when there is more.',
      ),
    published: instant.describe('As its source says; never later than `seen`.'),
    seen: instant.describe('When it was read first.'),
    updated: instant.nullable().describe('When its source was last seen to have changed it.'),
    body: z.string().nullable().describe('The organisation it is about.'),
    topic: z.string(),
    region: z.string(),
    tracks: z.array(z.string()).describe('The professional tracks it concerns.'),
    actionRequired: z.boolean().describe('True when its words ask for something by a date.'),
    actionDate: day.nullable(),
    sample: z.boolean().describe('True for a made-up item that lets people try the product out.'),
    sources: z.array(z.strictObject({ ...ref.shape, link: z.url().nullable() })).describe('Everywhere it was seen.'),
    why: z.array(why).describe('Which words gave it each label.'),
  })
  .openapi('NewsItem', {
    example: item,
  })

export const newsPage = z
  .strictObject({
    items: z.array(newsItem),
    next: z.string().nullable().describe('The `cursor` of the next page; null on the last.'),
  })
  .openapi('NewsPage', { example: { items: [item], next: null } })

export const trackList = z
  .strictObject({
    tracks: z.array(
      z.strictObject({ ...ref.shape, summary: z.string(), topics: z.array(ref).describe('What it is told about.') }),
    ),
  })
  .openapi('TrackList', {
    example: {
      tracks: [
        {
          id: 'edtech',
          name: 'Medical Education Technology Experts',
          summary: 'Digital platforms and tools that deliver CME and report its data.',
          topics: [{ id: 'edtech-ai', name: 'Education technology and AI' }],
        },
      ],
    },
  })

const source = {
  id: 'accme-news',
  name: 'ACCME news',
  kind: 'feed',
  enabled: true,
  sample: false,
  lastRead: '2026-11-23T08:00:00.000Z',
  lastItem: '2026-11-20T15:00:00.000Z',
  nextRead: '2026-11-23T09:00:00.000Z',
  failingSince: null,
  trouble: null,
}

export const sourceList = z
  .strictObject({
    sources: z.array(
      z.strictObject({
        ...ref.shape,
        kind: z.string().describe('A feed, a page without one, or manual.'),
        enabled: z.boolean().describe('Whether it is read.'),
        sample: z.boolean(),
        lastRead: instant.nullable().describe('The last good answer.'),
        lastItem: instant.nullable().describe('When it brought something new last.'),
        nextRead: instant.nullable(),
        failingSince: instant.nullable(),
        trouble: z.string().nullable().describe('What is wrong, in one sentence.'),
      }),
    ),
  })
  .openapi('SourceList', { example: { sources: [source] } })

const term = {
  id: 'ecmec',
  letters: 'ECMEC',
  name: 'European CME Credit',
  jurisdiction: 'eu',
  says: 'The unit of EACCME: one for an hour, a half for thirty minutes, eight for a full day at most.',
  not: 'AMA credit.',
  see: ['eaccme'],
  also: [],
  source: 'EACCME criteria, UEMS 2023.07',
  checked: '2026-11-23',
  confidence: 'verified',
}

export const glossaryTerm = z
  .strictObject({
    ...ref.shape,
    letters: z.string().describe('The acronym, or the term itself. Several terms may share it.'),
    jurisdiction: z.enum(['us', 'eu', 'uk', 'ca', 'intl']).describe('Where it is used; `intl` is everywhere.'),
    says: z.string().describe('What it means, in a sentence or two.'),
    not: z.string().nullable().describe('What it is easily mixed up with.'),
    see: z.array(z.string()).describe('Ids of related terms.'),
    also: z.array(z.string()).describe('Other spellings.'),
    source: z.string(),
    checked: day.describe('When a person last looked.'),
    confidence: z.enum(['verified', 'seen-in-code', 'well-known', 'inferred', 'uncertain']),
  })
  .openapi('Term', { example: term })

export const termList = z
  .strictObject({ terms: z.array(glossaryTerm) })
  .openapi('TermList', { example: { terms: [term] } })

export const health = z
  .strictObject({
    status: z.literal('alive'),
    version: z.string(),
    uptime: z.int().nonnegative().describe('Seconds since the process began.'),
  })
  .openapi('Health', { example: { status: 'alive', version: '0.1.0', uptime: 86_400 } })

export const readiness = z
  .strictObject({
    status: z.literal('ready'),
    checks: z.array(
      z.strictObject({ name: z.string(), ok: z.boolean(), say: z.string(), beside: z.literal(true).optional() }),
    ),
  })
  .openapi('Readiness', {
    example: { status: 'ready', checks: [{ name: 'database', ok: true, say: 'The database answers.' }] },
  })

export const problemDocument = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What is wrong and what to do, in one sentence.'),
    instance: z.string().optional().describe('The name under which the log has it.'),
    errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .openapi('Problem', {
    example: {
      type: 'about:blank',
      title: 'Unprocessable Entity',
      status: 422,
      detail: 'The query cannot be answered: correct what `errors` points at.',
      errors: [{ pointer: '#/query/limit', detail: 'A page has 1 to 100 items, 20 when nothing is said.' }],
    },
  })
