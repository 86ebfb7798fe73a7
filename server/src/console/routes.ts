import { decodeAction } from '@cme-commons/core'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import { membersFile } from '../documents/members-file.ts'
import { files } from '../html/assets.ts'
import { act, say, submit } from './ask.ts'
import { doorRoutes, notFromUsPage, signInPage } from './door.ts'
import { answersOf, clean } from './form.ts'
import { consolePage, doorPage, type Shown } from './frame.ts'
import { fromUs, same } from './guard.ts'
import { consoleHeaders } from './headers.ts'
import type { ConsoleHouse } from './house.ts'
import { look, tryOne } from './look.ts'
import { pages } from './pages/index.ts'
import { isRead } from './sections.ts'
import { type Visitor, visitorOf } from './session.ts'

type Body = Readonly<Record<string, unknown>>
const text = (value: unknown, most = 4000): string => (typeof value === 'string' ? clean(value).slice(0, most) : '')

/**
 * The moderators' console under `/console`. Every page is for who is signed in and moderates at this moment, and shows her space alone; whatever
 * changes something is an action of the product, performed as in the chat.
 */
export function consoleRoutes(house: ConsoleHouse): Hono {
  const app = new Hono()
  const headers = consoleHeaders(house.site)
  app.use('/console/*', async (c, next) => {
    for (const [name, value] of Object.entries(headers)) c.header(name, value)
    await next()
  })
  app.use('/console/*', bodyLimit({ maxSize: 200_000, onError: (c) => c.html(tooLargePage(), 413) }))
  app.route('/', files({ '/console/console.css': STYLES }))
  app.route('/', doorRoutes(house))

  const shown = (c: Context, visitor: Visitor, page: Shown | undefined) =>
    page
      ? c.html(consolePage(visitor, page))
      : c.html(
          consolePage(visitor, {
            title: 'There is nothing here',
            body: html`<p>The address may be mistyped, or what it was about is gone.</p>`,
          }),
          404,
        )

  for (const [path, page] of Object.entries(pages))
    app.get(path, async (c) => {
      const visitor = await visitorOf(c, house)
      if (!visitor) return c.html(signInPage(), 401)
      return shown(c, visitor, await page(house, visitor, new URL(c.req.url).searchParams))
    })

  app.get('/console/show', async (c) => {
    const visitor = await visitorOf(c, house)
    if (!visitor) return c.html(signInPage(), 401)
    const press = decodeAction(text(c.req.query('act'), 2000))
    return shown(c, visitor, press && isRead(press) ? await act(house, visitor, press) : undefined)
  })

  const change = (path: string, work: (visitor: Visitor, body: Body) => Promise<Shown | undefined>) =>
    app.post(path, async (c) => {
      if (!fromUs(c, house.site)) return c.html(notFromUsPage(), 403)
      const visitor = await visitorOf(c, house)
      if (!visitor) return c.html(signInPage(), 401)
      const body = await c.req.parseBody({ all: true })
      if (typeof body.csrf !== 'string' || !same(body.csrf, visitor.session.csrf)) return c.html(notFromUsPage(), 403)
      return shown(c, visitor, await work(visitor, body))
    })
  change('/console/do', async (visitor, body) => {
    const press = decodeAction(text(body.act))
    return press && act(house, visitor, press)
  })
  change('/console/submit', (visitor, body) =>
    submit(house, visitor, { form: text(body.form, 300), asked: text(body.asked), answers: answersOf(body) }),
  )
  change('/console/sources/look', (visitor, body) => look(house, visitor, text(body.url, 1000), text(body.source, 100)))
  change('/console/sources/try', (visitor, body) => tryOne(house, visitor, text(body.source, 100)))
  change('/console/say', (visitor, body) => say(house, visitor, text(body.text)))
  app.get('/console/members.csv', async (c) => {
    const visitor = await visitorOf(c, house)
    if (!visitor) return c.html(signInPage(), 401)
    return membersFile(c, house, visitor.space.id)
  })
  app.get('/console/*', async (c) => {
    const visitor = await visitorOf(c, house)
    return visitor ? shown(c, visitor, undefined) : c.html(signInPage(), 401)
  })
  return app
}

const STYLES = ['frame', 'parts'].map((name) => new URL(`style/${name}.css`, import.meta.url))
const tooLargePage = () => doorPage('That is too large', html`<p>Send less at once: 200 kB at most.</p>`)
