import { keptDigest } from '@cme-commons/app'
import type { Version } from '@cme-commons/db'
import { Hono } from 'hono'
import { answerOf } from '../api/answer.ts'
import { keepCalendars } from '../api/calendar.ts'
import { calendarQuerySchema } from '../api/calendar-query.ts'
import type { ApiHouse } from '../api/house.ts'
import { keepAnswers } from '../api/kept.ts'
import { isId, queryOf } from '../api/news.ts'
import { newsQuerySchema } from '../api/query.ts'
import type { Html } from '../html/html.ts'
import { policy } from '../html/page.ts'
import { dataHeaders } from '../problem.ts'
import { accentCss } from './accent.ts'
import { hidden, pageAnswer, pageNow, withForm } from './answer.ts'
import { calendarPage } from './calendar.ts'
import { conferencePage, conferencesPage } from './conferences.ts'
import { digestPage } from './digest.ts'
import { datesEmbed, newsEmbed } from './embed.ts'
import { embedPage } from './embed-help.ts'
import { glossaryPage } from './glossary.ts'
import { homePage } from './home.ts'
import { itemPage } from './item.ts'
import { noDigestPage, noItemPage, noPage } from './missing.ts'
import { archivePage } from './news.ts'
import { pathwayPage, pathwaysPage } from './pathways.ts'
import { sourcesPage } from './sources.ts'

/** The pages that everybody may read, and the lists that other sites show in a frame. Each is kept until the data changes. */
export function pageRoutes(house: ApiHouse): Hono {
  const { db, content, site } = house
  const kept = keepAnswers(db.version)
  // These also change with the day: what is over leaves them.
  const byDay = keepCalendars(house, db.version)
  const fixed = keepAnswers(() => 0, 2_000_000)
  // A reading that is late changes no data.
  const byHour = keepAnswers(() => {
    const told = (version: Version): Version => `${house.now().slice(0, 13)} ${version}`
    const current = db.version()
    return current instanceof Promise ? current.then(told) : told(current)
  })
  const news = newsQuerySchema(content)
  const dates = calendarQuerySchema(content, 'all')
  const app = new Hono()
  app.get('/', (c) => byDay(c, async () => pageAnswer(homePage(house))))
  app.get('/news', (c) =>
    kept(c, async () => {
      const { page, wrong } = await archivePage(house, news, queryOf(c))
      return wrong ? pageNow(c, 422, page) : pageAnswer(page, withForm)
    }),
  )
  const orElse = async (c: Parameters<typeof pageNow>[0], page: Html | undefined, missing = noPage(), headers = {}) =>
    page ? pageAnswer(page, headers) : pageNow(c, 404, missing)
  app.get('/news/:id', (c) =>
    kept(c, async () => {
      const id = c.req.param('id')
      return orElse(c, isId(id) ? await itemPage(house, id) : undefined, noItemPage())
    }),
  )
  app.get('/digests/:id', (c) =>
    kept(c, async () => {
      const id = c.req.param('id')
      const found = isId(id) ? await keptDigest(db.read, id) : undefined
      return orElse(c, found && (await digestPage(found, content, site)), noDigestPage(), hidden)
    }),
  )
  app.get('/calendar', (c) =>
    byDay(c, async () => orElse(c, await calendarPage(house, dates, queryOf(c)), noPage(), withForm)),
  )
  app.get('/conferences', (c) => byDay(c, async () => pageAnswer(conferencesPage(house))))
  app.get('/conferences/:id', (c) =>
    byDay(c, async () => {
      const id = c.req.param('id')
      return orElse(c, isId(id) ? await conferencePage(house, id) : undefined)
    }),
  )
  app.get('/pathways', (c) => fixed(c, async () => pageAnswer(pathwaysPage(content, site))))
  app.get('/pathways/:id', (c) => fixed(c, async () => orElse(c, pathwayPage(content, site, c.req.param('id')))))
  app.get('/glossary', (c) => fixed(c, async () => pageAnswer(glossaryPage(content, site, queryOf(c)), withForm)))
  app.get('/sources', (c) => byHour(c, async () => pageAnswer(sourcesPage(house))))
  for (const [name, draw] of [
    ['news', newsEmbed],
    ['dates', datesEmbed],
  ] as const)
    app.get(`/embed/${name}`, (c) => byDay(c, async () => pageAnswer(draw(house, queryOf(c)), framed)))
  app.get('/embed', (c) => fixed(c, async () => pageAnswer(embedPage(site), framing)))
  app.get('/embed/accent/:file', (c) => {
    const [, accent] = /^([0-9a-f]{6})\.css$/.exec(c.req.param('file')) ?? []
    return fixed(c, async () =>
      accent
        ? answerOf(accentCss(accent), 'text/css; charset=utf-8', { ...dataHeaders, 'Cache-Control': FOR_GOOD })
        : pageNow(c, 404, noPage()),
    )
  })
  return app
}

const FOR_GOOD = 'public, max-age=31536000, immutable'

/** Anybody may show it in a frame; and only what is made for that. */
const framed = {
  ...hidden,
  'Content-Security-Policy': policy({ framed: true }),
  'Cross-Origin-Opener-Policy': 'unsafe-none',
  'Cross-Origin-Resource-Policy': 'cross-origin',
}
/** The page that shows our own frames. */
const framing = { 'Content-Security-Policy': `${policy()}; frame-src 'self'` }
