import { consoleLink, endConsole, findMember, findSpace, inTx } from '@cme-commons/db'
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { addressOfCaller } from '../api/gate.ts'
import { hashOfSecret } from '../secrets.ts'
import { doorPage } from './frame.ts'
import { fromUs, makeThrottle, same } from './guard.ts'
import type { ConsoleHouse } from './house.ts'
import { giveCookie, signIn, visitorOf } from './session.ts'

const HOW = html`<p>Say <code>/cme console</code> to the bot, in the chat of your community: it answers, for your eyes only, with a link that signs you in. The link opens once, within ten minutes.</p>`

/** What who is not signed in gets, whatever she asked for. */
export const signInPage = () =>
  doorPage('Sign in from your chat', html`<p>You are not signed in here, or were not active for a while.</p>\n${HOW}`)

const overPage = () =>
  doorPage(
    'This link does not open any more',
    html`<p>It was used already, or is older than ten minutes, or you moderate this community no more.</p>\n${HOW}`,
  )

const waitPage = (seconds: number) =>
  doorPage('Too many tries', html`<p>Wait ${Math.ceil(seconds / 60)} minutes, then ask for a new link.</p>\n${HOW}`)

export const notFromUsPage = () =>
  doorPage(
    'That was not sent from the console',
    html`<p>Nothing was done. Go back, load the page anew and press again; if another page brought you here, do not trust it.</p>
<p class="buttons"><a class="button primary" href="/console">To the console</a></p>`,
  )

const keyOf = (said: unknown): string => (typeof said === 'string' && /^[a-z0-9]{20,100}$/.test(said) ? said : '')

/** Signing in and out. A link is shown before it is spent, so that a chat that looks at addresses for a preview does not spend it. */
export function doorRoutes(house: ConsoleHouse): Hono {
  const app = new Hono()
  const throttle = makeThrottle(() => Date.parse(house.real()))
  const slow = (c: Context): Response | Promise<Response> | undefined => {
    const seconds = throttle.wait(addressOfCaller(c, house.proxies))
    return seconds === undefined ? undefined : c.html(waitPage(seconds), 429, { 'Retry-After': String(seconds) })
  }
  app.get('/console/in', async (c) => {
    const tooMany = slow(c)
    if (tooMany) return tooMany
    const key = keyOf(c.req.query('key'))
    const link = key && (await consoleLink(house.db.read, hashOfSecret(key), house.now()))
    if (!link) {
      if (key) throttle.failed(addressOfCaller(c, house.proxies))
      return c.html(overPage(), 410)
    }
    const space = await findSpace(house.db.read, link.space)
    const member = await findMember(house.db.read, link.space, link.user_id)
    return c.html(
      doorPage(
        'Sign in',
        html`<p>As <strong>${member?.name ?? 'a moderator'}</strong> of <strong>${space?.name ?? link.space}</strong>. Only go on if this is you.</p>
<form method="post" action="/console/in"><input type="hidden" name="key" value="${key}"><p class="buttons"><button class="button primary">Sign in</button></p></form>`,
      ),
    )
  })
  app.post('/console/in', async (c) => {
    if (!fromUs(c, house.site)) return c.html(notFromUsPage(), 403)
    const tooMany = slow(c)
    if (tooMany) return tooMany
    const key = keyOf((await c.req.parseBody()).key)
    if (key && (await signIn(c, house, key))) return c.redirect('/console', 303)
    throttle.failed(addressOfCaller(c, house.proxies))
    return c.html(overPage(), 410)
  })
  app.post('/console/out', async (c) => {
    const visitor = fromUs(c, house.site) ? await visitorOf(c, house) : undefined
    const csrf = (await c.req.parseBody()).csrf
    if (!visitor || typeof csrf !== 'string' || !same(csrf, visitor.session.csrf)) return c.html(notFromUsPage(), 403)
    const { space, user_id: user, id } = visitor.session
    await inTx(house.db, (tx) => endConsole(tx, { space, user }, id))
    giveCookie(c, house, '')
    return c.html(doorPage('Signed out', html`<p>You are signed out in this browser.</p>\n${HOW}`))
  })
  return app
}
