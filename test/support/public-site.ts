import { changeSource, type Db, inTx, putConference, revise } from '@cme-commons/db'
import { serve } from '@hono/node-server'
import { onTestFinished } from 'vitest'
import { type App, makeApp } from '../../server/src/http.ts'
import { apiHouse, NOW, store } from './api-house.ts'
import { calendarIn } from './calendar-house.ts'

/** Items with an edition's dates, a change and a failing source: something of everything that the public pages show. */
export async function stockSite(
  db: Db,
  hostile = '',
): Promise<{ items: string[]; edition: string; conference: string }> {
  const items = await store(db, [
    ...Array.from({ length: 24 }, (_, i) => ({
      title: `${['ACCME explains how relevant financial relationships are mitigated', 'EACCME opens its call for reviewers of live events', 'A study compares outcomes of self-paced and live activities', 'State medical boards align their rules for licence renewal'][i % 4]}, part ${i + 1}${hostile}`,
      text: `Providers collect information from everybody who controls content before the role starts. Planners who own a company cannot take part in that role. The change follows last year’s comments and holds for every activity, also for enduring materials.${hostile}`,
      topic: ['standards-integrity', 'eaccme-europe', 'outcomes', 'moc-licensure'][i % 4]!,
      body: i % 4 === 1 ? 'uems' : 'accme',
      region: i % 4 === 1 ? 'eu' : 'us',
      link: hostile ? 'javascript:alert(1)' : `https://example.org/news/${i}`,
      published: `2026-11-${String(20 - (i % 18)).padStart(2, '0')}T14:00:00.000Z`,
      sample: i % 7 === 6 ? 1 : 0,
      ...(hostile ? { why: JSON.stringify([{ label: 'topic', value: hostile, cue: hostile, where: 'title' }]) } : {}),
      ...(i % 5 === 3
        ? {
            action: 1,
            action_date: '2027-03-15',
            why: JSON.stringify([
              { label: 'topic', value: 'x', cue: `call for comment${hostile}`, where: 'title' },
              { label: 'body', value: 'accme', cue: 'ACCME', where: 'title' },
              { label: 'date', value: '2027-03-15', cue: 'by 15 March', where: 'text', sense: 'comments' },
            ]),
          }
        : {}),
    })),
  ])
  const last = items.at(-1)!
  await inTx(db, async (tx) => {
    const item = await tx.selectFrom('items').selectAll().where('id', '=', last).executeTakeFirstOrThrow()
    await revise(
      tx,
      item,
      {
        title: item.title.replace('renewal', 'renewals'),
        text: item.text.replace('last year’s comments', 'the comments of 2026 and two rounds of hearings'),
      },
      { at: '2026-11-22T09:30:00.000Z', hash: 'h', tell: false },
    )
    await changeSource(tx, 'accme-news', {
      enabled: 1,
      read_at: '2026-11-23T07:30:00.000Z',
      last_item_at: '2026-11-20T14:00:00.000Z',
      next_at: '2026-11-23T08:30:00.000Z',
      ...(hostile ? { name: hostile, trouble: hostile, failing_since: NOW } : {}),
    })
  })
  const { edition } = await calendarIn(db, NOW, [
    {
      kind: 'abstracts',
      title: `Abstracts due${hostile}`,
      when: { kind: 'at', at: '2026-11-27T22:00:00.000Z', zone: 'America/New_York' },
    },
    {
      kind: 'early-bird',
      title: 'Early-bird fee ends',
      status: 'tentative',
      when: { kind: 'day', day: '2026-12-15', zone: 'America/New_York' },
    },
    {
      kind: 'hotel',
      title: 'Hotel block closes',
      status: 'cancelled',
      when: { kind: 'day', day: '2026-11-30', zone: 'America/New_York' },
    },
    {
      kind: 'event',
      title: '',
      place: `Lexington, KY${hostile}`,
      when: { kind: 'day', day: '2027-02-23', to: '2027-02-26', zone: 'America/New_York' },
    },
    { kind: 'grant', title: 'Travel grants close', when: { kind: 'aoe', day: '2026-11-27' } },
    {
      kind: 'session',
      title: `Keynote${hostile}`,
      when: { kind: 'at', at: '2027-02-23T14:00:00.000Z', until: '2027-02-23T15:00:00.000Z', zone: 'America/New_York' },
    },
  ])
  const conference = await inTx(db, (tx) =>
    putConference(tx, {
      space: 'try',
      name: `Our own meeting${hostile}`,
      short: `Own meeting${hostile}`,
      organiser: `A society${hostile}`,
      href: hostile ? 'javascript:alert(1)' : 'https://example.org/meeting',
      tracks: ',academic,',
      region: 'us',
      month: 5,
      format: 'in-person',
      about: `A small meeting of those who teach.${hostile}`,
      source: hostile || 'https://example.org/meeting',
      checked: '2026-11-20',
      made_at: NOW,
    }),
  )
  return { items, edition, conference: conference.id }
}

/** The public pages on a port of their own, until the end of the test; answers their address. */
export async function serveSite(db: Db): Promise<string> {
  let app: App | undefined
  const fetch = (request: Request) => app!.fetch(request)
  const server = await new Promise<ReturnType<typeof serve>>((listening) => {
    const made = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => listening(made))
  })
  onTestFinished(() => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    return new Promise<void>((closed) => server.close(() => closed()))
  })
  const bound = server.address()
  const site = `http://localhost:${typeof bound === 'object' && bound ? bound.port : ''}`
  const join = { slack: { href: 'https://example.org/slack' }, discord: {} }
  app = makeApp(await apiHouse(db, { site, tryOut: true, join }))
  return site
}
