import { commands, encodeAction } from '@cme-commons/core'
import { homeOf, inTx, subscriptionAt, tryMessages } from '@cme-commons/db'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { documentRoutes } from '../documents/routes.ts'
import { assetRoutes } from '../html/assets.ts'
import { pageHeaders } from '../html/page.ts'
import { myDataRoutes } from '../my-data/routes.ts'
import { problem } from '../problem.ts'
import { clientRoutes } from './client.ts'
import { clockRoutes } from './clock.ts'
import { eventRoute } from './events.ts'
import { loopbackOnly } from './guard.ts'
import type { TryHouse } from './house.ts'
import { input } from './input.ts'
import { messageJson, replyJson } from './json.ts'
import { tryPage } from './page.ts'
import { acting, json, looking } from './read.ts'
import { channelsOf, everybody, makePerson, settle, somebody, TRY_SPACE } from './space.ts'
import { type Answer, press, say, submit } from './talk.ts'

/** The try-out page at `/try` with its JSON side (docs/try-out.md) and the files it loads; answers this machine only. */
export function tryRoutes(house: TryHouse): Hono {
  const app = new Hono()
  const { db, content } = house
  let settled: Promise<void> | undefined
  app.use(
    '/try/*',
    loopbackOnly,
    bodyLimit({ maxSize: 100_000, onError: (c) => problem(c, 413, 'That is too large: 100 kB at most.') }),
  )
  app.use('/try/*', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    settled ??= inTx(db, (tx) => settle(tx, content, house.now())).catch((error) => {
      settled = undefined
      throw error
    })
    await settled
    await next()
  })
  app.get('/try', (c) => c.html(tryPage(), 200, pageHeaders))
  app.route('/', assetRoutes())
  app.route('/', clientRoutes())
  app.route('/', clockRoutes(house))
  app.route('/', documentRoutes(house))
  app.route('/', myDataRoutes(house))

  app.get('/try/state', async (c) => c.json(await state(house, c.req.query('as') ?? '')))
  app.get('/try/events', looking(house), eventRoute(house))
  app.get('/try/inbox', looking(house), async (c) => {
    const { who, after } = c.var
    const channels = (await channelsOf(db.read, who)).map((channel) => channel.id)
    const lines = await tryMessages(db.read, { space: TRY_SPACE, reader: who.id, channels, after })
    const people = await everybody(db.read)
    return c.json({ messages: lines.map((line) => messageJson(line, people)) })
  })

  app.post('/try/people', json(input.person), async (c) => {
    const who = c.var.input
    for (const kind of ['track', 'region'] as const) {
      const known = content[`${kind}s`].map((one) => one.id)
      const given = who[kind]
      if (given !== undefined && !known.includes(given))
        return problem(c, 422, `That ${kind} is not known: use one of ${known.join(', ')}.`)
    }
    return c.json(await inTx(db, (tx) => makePerson(tx, who, house.now())), 201)
  })
  app.post('/try/say', json(input.say), acting(house), async (c) =>
    c.json(await answer(house, await say(house, c.var.at, c.var.input.text))),
  )
  app.post('/try/press', json(input.press), acting(house), async (c) => {
    const pressed = await press(house, c.var.at, c.var.input.press, c.var.input.message)
    return pressed
      ? c.json(await answer(house, pressed))
      : problem(c, 422, 'That button is not one of ours: send the "act" of a button that you got.')
  })
  app.post('/try/submit', json(input.submit), acting(house), async (c) => {
    const { form, answers } = c.var.input
    return c.json(await answer(house, await submit(house, c.var.at, form, answers)))
  })
  app.all('/try/*', (c) => problem(c, 404, 'There is nothing here: docs/try-out.md lists the calls.'))
  return app
}

async function answer(house: TryHouse, { reply, lines }: Answer) {
  const people = await everybody(house.db.read)
  return { reply: reply && replyJson(reply), messages: lines.map((line) => messageJson(line, people)) }
}

/** Everything the page needs to draw its frame. */
async function state({ db, content, now, moved }: TryHouse, as: string) {
  const you = await somebody(db.read, as)
  const home = you && (await homeOf(db.read, { space: TRY_SPACE, user: you.id }))
  const digest = home && (await subscriptionAt(db.read, home.space, `user:${home.user}`))
  return {
    space: { id: TRY_SPACE, name: 'Try-out space' },
    now: now(),
    clock: { moved: moved() },
    you: you ? { ...you, digest: digest !== undefined } : null,
    people: await everybody(db.read),
    channels: you
      ? (await channelsOf(db.read, you)).map(({ id, about, closed }) => ({
          id,
          name: id,
          about,
          ...(closed ? { closed } : {}),
        }))
      : [],
    commands: commands.map(({ name, usage, summary }) => ({ name, usage, summary })),
    tracks: content.tracks.map(({ id, name, summary }) => ({ id, name, summary })),
    regions: content.regions.map(({ id, name }) => ({ id, name })),
    presses: { home: encodeAction({ do: 'home' }), start: encodeAction({ do: 'digest.start' }) },
  }
}
