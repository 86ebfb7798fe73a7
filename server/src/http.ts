import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { apologyFor, dataFailed } from './api/failed.ts'
import type { ApiHouse } from './api/house.ts'
import { assetRoutes } from './html/assets.ts'
import type { App } from './listen.ts'
import { pageNow } from './pages/answer.ts'
import { failedPage, noPage } from './pages/missing.ts'
import { pageRoutes } from './pages/routes.ts'
import { dataHeaders, problem } from './problem.ts'
import { wordsOf } from './requests.ts'

export { type App, ListenError, type Listening, listen } from './listen.ts'

const MOST_BYTES = 1_000_000
const API = /^[^:]+:\/\/[^/]*\/(v1|healthz|readyz)(?=[/?]|$)/

type Routes = Pick<App, 'fetch'>

/** Puts the API, the pages and `more` together. The API stands beside the others, not under their middleware: that is its speed. */
export function makeApp(house: ApiHouse, more: readonly Hono[] = []): App {
  const site = siteOf(house, more)
  const words = wordsOf(site.routes)
  const api = loadedApi(house, words)
  const answer: App['fetch'] = (request, env) => {
    if (request.url.includes('%00')) return noText()
    if (!API.test(request.url)) return site.fetch(request, env)
    const app = api()
    return app instanceof Promise ? app.then((loaded) => loaded.fetch(request, env)) : app.fetch(request, env)
  }
  return { fetch: answer, request: async (path, init) => answer(new Request(`http://localhost${path}`, init)), words }
}

/** The API, with all that describes it, is loaded by the first who asks it: an installation that is only a chat stays small. */
function loadedApi(house: ApiHouse, words: Set<string>): () => Routes | Promise<Routes> {
  let app: Routes | Promise<Routes> | undefined
  const load = async (): Promise<Routes> => {
    const { apiRoutes } = await import('./api/routes.ts')
    const made = apiRoutes(house)
    for (const word of wordsOf(made.routes)) words.add(word)
    app = made
    return made
  }
  return () => {
    app ??= load()
    return app
  }
}

/** A NUL is in no text, and PostgreSQL takes none. */
const noText = (): Response =>
  new Response(
    JSON.stringify({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: 'The address has a NUL in it: leave it out.',
    }),
    {
      status: 400,
      headers: { ...dataHeaders, 'Content-Type': 'application/problem+json' },
    },
  )

function siteOf(house: ApiHouse, more: readonly Hono[]): Hono {
  const site = new Hono()
  site.use(compress())
  site.use(async (c, next) => {
    await next()
    // A browser takes over the headers of a 304: a policy for data would hold for the page that it kept.
    if (c.res.status === 304) return
    for (const [name, value] of Object.entries(dataHeaders))
      if (!c.res.headers.has(name)) c.res.headers.set(name, value)
  })
  site.use(bodyLimit({ maxSize: MOST_BYTES, onError: (c) => problem(c, 413, 'That is too large: 1 MB at most.') }))
  for (const routes of [pageRoutes(house), assetRoutes(), ...more]) site.route('/', routes)
  site.notFound((c) =>
    reads(c.req.header('accept'))
      ? pageNow(c, 404, noPage())
      : problem(c, 404, 'There is nothing at this address: / and /v1/openapi.json list what there is.'),
  )
  site.onError((error, c) => {
    if (!reads(c.req.header('accept'))) return dataFailed(house.log)(error, c)
    const { status, say, instance } = apologyFor(error, c, house.log)
    return pageNow(c, status, failedPage(say, instance))
  })
  return site
}

/** Whether who asks is a browser that will show the answer to a person. */
const reads = (accept: string | undefined): boolean => accept?.includes('text/html') ?? false
