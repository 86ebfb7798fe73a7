import { keepsakeOf, ownFile, ownSummary } from '@cme-commons/app'
import { Hono } from 'hono'
import { pageHeaders } from '../html/page.ts'
import { problem } from '../problem.ts'
import { loopbackOnly } from '../try/guard.ts'
import type { TryHouse } from '../try/house.ts'
import { somebody, TRY_SPACE } from '../try/space.ts'
import { markdownOf } from './markdown.ts'
import { membersFile } from './members-file.ts'
import { printedPage } from './printed.ts'

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/**
 * A member's document, or the summary of what she did, as a page, as Markdown or as a Word document: `/documents/doc1`, `.md`, `.docx`,
 * `/documents/summary` and so on, for its owner alone; `/documents/members.csv` for moderators, `/documents/keepsake/e1` and `.md` for everybody. In the try-out, `?as=` says who asks, and
 * only this machine is answered.
 */
export function documentRoutes({ db, content, now }: Pick<TryHouse, 'db' | 'content' | 'now'>): Hono {
  const app = new Hono()
  app.use('/documents/*', loopbackOnly)
  app.get('/documents/members.csv', async (c) => {
    c.header('Cache-Control', 'no-store')
    const who = await somebody(db.read, c.req.query('as') ?? '')
    if (!who?.moderator) return problem(c, 403, 'Only moderators export the members: ask one of this community.')
    return membersFile(c, { db, content }, TRY_SPACE)
  })
  app.get('/documents/keepsake/:name', async (c) => {
    c.header('Cache-Control', 'no-store')
    const [, edition = '', ending = ''] = /^([a-z0-9]+)(?:\.(md))?$/.exec(c.req.param('name')) ?? []
    const who = await somebody(db.read, c.req.query('as') ?? '')
    const file = who && (await keepsakeOf(db.read, edition, now(), TRY_SPACE))
    if (!file) return problem(c, 404, 'There is no keepsake of this meeting: open it with its button in the chat.')
    if (ending === '') return c.html(printedPage(file), 200, pageHeaders)
    c.header('Content-Disposition', `attachment; filename="keepsake-${edition}.md"`)
    return c.body(markdownOf(file), 200, { 'Content-Type': 'text/markdown; charset=utf-8' })
  })
  app.get('/documents/:name', async (c) => {
    c.header('Cache-Control', 'no-store')
    const [, id = '', ending = ''] = /^([a-z0-9]+)(?:\.(md|docx))?$/.exec(c.req.param('name')) ?? []
    const as = c.req.query('as') ?? ''
    const file =
      id === 'summary'
        ? await ownSummary(db.read, { space: TRY_SPACE, user: as }, content, now())
        : await ownFile(db.read, TRY_SPACE, as, id, content.onboarding)
    if (!file)
      return problem(c, 404, 'You have no such document: open it with its button in the chat, as who wrote it.')
    if (ending === '') return c.html(printedPage(file), 200, pageHeaders)
    c.header(
      'Content-Disposition',
      `attachment; filename="${id === 'summary' ? 'cme-onboarding-summary' : `mock-${id}`}.${ending}"`,
    )
    if (ending === 'docx') {
      // The library that writes Word documents is loaded by the first who wants one.
      const { wordOf } = await import('./word.ts')
      return c.body(await wordOf(file), 200, { 'Content-Type': WORD })
    }
    return c.body(markdownOf(file), 200, { 'Content-Type': 'text/markdown; charset=utf-8' })
  })
  return app
}
