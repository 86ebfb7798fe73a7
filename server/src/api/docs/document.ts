import type { OpenAPIHono } from '@hono/zod-openapi'
import { VERSION } from '../../house.ts'

const TAGS = {
  news: 'What changed, for whom, and why we think so.',
  knowledge: 'What people in the field have to know, each piece with its source.',
  conferences: 'Conferences with their editions, dates, sessions and channels.',
  calendars: 'Conferences and deadlines, for programs that show calendars.',
  members: 'What is somebody’s own: with a token, never kept by a cache.',
  community: 'What a community sets, subscribes to and suggests.',
  deliveries: 'What was promised to whom, what became of it, and what comes.',
  webhooks: 'What we tell other programs unasked.',
  operations: 'For whoever runs it.',
} as const

/** The OpenAPI document of all operations. */
export const documentOf = (app: OpenAPIHono, site: string) =>
  app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'CME Commons',
      version: VERSION,
      description:
        'News on the standards of continuing medical education, conferences and their dates, and what communities make of both. Errors ' +
        'are problem documents (RFC 9457). Answers carry an ETag: ask again with If-None-Match, change with If-Match. Times are UTC ' +
        '(RFC 3339). The news is for information: confirm requirements with your accreditor.',
      license: { name: 'MIT' },
    },
    servers: [{ url: site }],
    externalDocs: { url: `${site}/v1/docs`, description: 'The same to read.' },
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
  })
