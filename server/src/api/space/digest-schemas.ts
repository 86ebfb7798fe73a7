import { z } from '@hono/zod-openapi'

const ids = z.array(z.string())
export const digest = z
  .strictObject({
    id: z.string(),
    at: z.iso.datetime(),
    page: z.string().describe('Where people read it.'),
    filter: z.looseObject({ bodies: ids, topics: ids, regions: ids, tracks: ids, muted: ids, max: z.int() }),
    items: z
      .array(
        z.strictObject({
          id: z.string(),
          title: z.string(),
          link: z.string().nullable(),
          published: z.iso.datetime(),
          topic: z.string(),
          body: z.string().nullable(),
          region: z.string(),
          tracks: ids,
          actionRequired: z.boolean(),
          actionDate: z.string().nullable(),
        }),
      )
      .describe('In the order in which it showed them.'),
  })
  .openapi('Digest', {
    example: {
      id: 'd1',
      at: '2026-11-23T14:00:00.000Z',
      page: 'https://cme.example.org/digests/d1',
      filter: { bodies: [], topics: [], regions: [], tracks: ['program'], muted: [], max: 8 },
      items: [
        {
          id: 'i1',
          title: 'Call for comment on the draft criteria for commendation',
          link: 'https://example.org/news/call-for-comment',
          published: '2026-11-20T14:00:00.000Z',
          topic: 'criteria-policy',
          body: 'accme',
          region: 'us',
          tracks: ['accreditation'],
          actionRequired: true,
          actionDate: '2027-01-15',
        },
      ],
    },
  })
