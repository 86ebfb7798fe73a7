import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { files } from '../../html/assets.ts'
import { pageAnswer } from '../../pages/answer.ts'
import { problem } from '../../problem.ts'
import { jsonAnswer } from '../answer.ts'
import { keepAnswers } from '../kept.ts'
import type { Handler } from '../operation.ts'
import { documentOf } from './document.ts'
import { docsOf, docsPage } from './page.ts'
import type { Document } from './shapes.ts'

const STYLE = new URL('docs.css', import.meta.url)

/** The document of all operations that `app` has by then, and its pages; made when they are first asked for. `behind` puts a handler behind the gate. */
export function addDocs(app: OpenAPIHono, site: string, behind: (handle: Handler) => Handler): void {
  const kept = keepAnswers(() => 0)
  const document = () => documentOf(app, site)
  const pages = () => document() as unknown as Document
  const one = async (c: Context) => {
    const found = docsOf(pages(), site, c.req.param('tag') ?? '')
    return found ? pageAnswer(found) : problem(c, 404, 'There is no such page: /v1/docs lists all operations.')
  }
  const whole = behind((c) => kept(c, async () => jsonAnswer(document())))
  const index = behind((c) => kept(c, async () => pageAnswer(docsPage(pages(), site))))
  app.get('/v1/openapi.json', whole)
  app.get('/v1/docs', index)
  app.get(
    '/v1/docs/:tag',
    behind((c) => kept(c, () => one(c))),
  )
  app.route('/', files({ '/v1/docs.css': [STYLE] }))
}
