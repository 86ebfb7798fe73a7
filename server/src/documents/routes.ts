import { ownFile } from '@cme-commons/app'
import { Hono } from 'hono'
import { pageHeaders } from '../html/page.ts'
import { problem } from '../problem.ts'
import { loopbackOnly } from '../try/guard.ts'
import type { TryHouse } from '../try/house.ts'
import { TRY_SPACE } from '../try/space.ts'
import { markdownOf } from './markdown.ts'
import { printedPage } from './printed.ts'

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/**
 * A member's document as a page, as Markdown or as a Word document: `/documents/doc1`, `.md`, `.docx`, for its owner alone. In the
 * try-out, `?as=` says who asks, and only this machine is answered.
 */
export function documentRoutes({ db, content }: Pick<TryHouse, 'db' | 'content'>): Hono {
  const app = new Hono()
  app.use('/documents/*', loopbackOnly)
  app.get('/documents/:name', async (c) => {
    c.header('Cache-Control', 'no-store')
    const [, id = '', ending = ''] = /^([a-z0-9]+)(?:\.(md|docx))?$/.exec(c.req.param('name')) ?? []
    const as = c.req.query('as') ?? ''
    const file = await ownFile(db.read, TRY_SPACE, as, id, content.onboarding.rubric)
    if (!file)
      return problem(c, 404, 'You have no such document: open it with its button in the chat, as who wrote it.')
    if (ending === '') return c.html(printedPage(file), 200, pageHeaders)
    c.header('Content-Disposition', `attachment; filename="mock-${id}.${ending}"`)
    if (ending === 'docx') {
      // The library that writes Word documents is loaded by the first who wants one.
      const { wordOf } = await import('./word.ts')
      return c.body(await wordOf(file), 200, { 'Content-Type': WORD })
    }
    return c.body(markdownOf(file), 200, { 'Content-Type': 'text/markdown; charset=utf-8' })
  })
  return app
}
