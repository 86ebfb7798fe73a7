import { type Coming, upcoming } from '@cme-commons/app'
import { DAY, type Instant, plus } from '@cme-commons/core'
import { lastTryChange, tryDeliveries } from '@cme-commons/db'
import { type Context, Hono } from 'hono'
import type { z } from 'zod'
import { problem } from '../problem.ts'
import { ring } from './bell.ts'
import type { TryHouse } from './house.ts'
import { input } from './input.ts'
import { json } from './read.ts'
import { everybody, TRY_SPACE } from './space.ts'

/** The longest way that the clock goes in one move, and that is looked ahead. */
const FARTHEST = 370 * DAY

/** The clock of the try-out space: move it forward, and see what will be sent. */
export function clockRoutes(house: TryHouse): Hono {
  const app = new Hono()
  app.post('/try/clock', json(input.clock), async (c) => {
    const to = target(house.now(), c.var.input)
    const wrong = to !== 'real' && notAhead(house.now(), to)
    if (wrong) return problem(c, 422, wrong)
    const before = await lastTryChange(house.db.read)
    await house.moveClock(to)
    ring(house.db)
    return c.json({ now: house.now(), moved: house.moved(), sent: await sentSince(house, before) })
  })
  app.get('/try/upcoming', async (c) => {
    const until = upTo(c, house.now())
    if (until === undefined)
      return problem(c, 422, '"until" is a point in time at most a year ahead, such as 2027-01-31T00:00:00Z.')
    return c.json({ until, upcoming: await comingUntil(house, until) })
  })
  return app
}

function target(now: Instant, move: z.output<typeof input.clock>): Instant | 'real' {
  if ('reset' in move) return 'real'
  return 'to' in move ? new Date(move.to).toISOString() : plus(now, Math.min(move.by, 4e8) * 1000)
}

function notAhead(now: Instant, to: Instant): string | undefined {
  if (to < now)
    return 'The clock moves forward only: choose a later time, or go back to real time with {"reset": true}.'
  if (to > plus(now, FARTHEST)) return 'That is too far: the clock goes at most a year in one move.'
  return undefined
}

function upTo(c: Context, now: Instant): Instant | undefined {
  const given = c.req.query('until')
  if (given === undefined) return plus(now, 35 * DAY)
  const read = input.until.safeParse(given)
  const until = read.success ? new Date(read.data).toISOString() : ''
  return until && until <= plus(now, FARTHEST) ? until : undefined
}

/** What was delivered, to whom, in words. */
async function sentSince({ db }: TryHouse, before: number) {
  const [lines, people] = await Promise.all([tryDeliveries(db.read, TRY_SPACE, before), everybody(db.read)])
  return lines.map(({ key, at, channel, reader, card }) => ({
    id: key,
    at,
    to: channel ? `#${channel}` : (people.find((one) => one.id === reader)?.name ?? reader),
    ...(channel ? { channel } : { user: reader }),
    title: card?.title ?? '',
  }))
}

/** What will be sent, in words; `news` is how many items are known for a digest now. */
async function comingUntil({ db, content, now }: TryHouse, until: Instant) {
  const [all, people] = await Promise.all([upcoming(db.read, now(), until, content), everybody(db.read)])
  const name = (address: string) => {
    const id = address.slice(address.indexOf(':') + 1)
    return address.startsWith('channel:') ? `#${id}` : (people.find((one) => one.id === id)?.name ?? id)
  }
  return all
    .filter((one) => one.space === TRY_SPACE)
    .map((one) => ({
      at: one.at,
      kind: one.what,
      to: whom(one, name),
      what: inWords(one),
      ...(one.items === undefined ? {} : { news: one.items }),
    }))
}

function whom({ to, readers }: Coming, name: (address: string) => string): string {
  const first = to.slice(0, 2).map(name)
  const others = readers - first.length
  return others > 0 ? `${first.join(', ')} and ${others === 1 ? 'one other' : `${others} others`}` : first.join(' and ')
}

function inWords({ what, items, names, title, decision }: Coming): string {
  const decided = decision === 'hold' ? ', held by a moderator' : decision === 'skip' ? ', left out by a moderator' : ''
  if (what === 'channel') return `${title ?? 'Something of a conference channel'}${decided}`
  if (what === 'welcome') return 'Welcome'
  if (what === 'nudge') return 'Nudge, unless something is done by then'
  if (what === 'stalled')
    return `Weekly list of members who have stalled${names === undefined ? '' : `: ${names} so far`}`
  if (what === 'reminder') return `${title ?? 'Reminder of a date'}${decided}`
  if (what === 'date-news' || what === 'edition-news') return 'News of a date that changed'
  if (what === 'introductions') return 'Introductions, as things stand'
  if (what === 'introduction') return 'Introduction'
  if (what === 'did-you-meet') return 'Did you meet?'
  if (what === 'recap-offer') return 'Offer of a recap'
  if (what === 'usual-dates') return 'What is usually announced about now'
  if (what !== 'digest') return 'Message'
  return items ? `Digest with ${items === 1 ? '1 item' : `${items} items`}` : 'Digest, if there is something new'
}
