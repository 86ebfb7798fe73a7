import { laneOf, nameOf, titleOf } from '@cme-commons/app'
import { cut, stateInWords, whatIsSent } from '@cme-commons/core'
import { type Delivery, type DeliveryState, findDeliveries, membersNamed, userIn } from '@cme-commons/db'
import { html } from 'hono/html'
import { answerHtml } from '../ask.ts'
import { finder, input, mark, moment, select, table } from '../table.ts'
import type { PageMaker } from './index.ts'

const PAGE = 50
const STATES: readonly DeliveryState[] = ['waiting', 'sending', 'done', 'dead', 'expired', 'skipped', 'withdrawn']
const isState = (said: string): said is DeliveryState => STATES.some((state) => state === said)
export const tone = (state: DeliveryState) =>
  state === 'done'
    ? 'good'
    : state === 'dead' || state === 'expired'
      ? 'bad'
      : state === 'waiting' || state === 'sending'
        ? 'wait'
        : 'idle'

/** What was promised to whom and what became of it: by state, by how a key begins, by a member's name. */
export const deliveriesPage: PageMaker = async ({ db }, { space, zone }, query) => {
  const state = query.get('state') ?? ''
  const words = (query.get('q') ?? '').trim().replaceAll('\0', '').slice(0, 200)
  const [made = '', key = ''] = (query.get('before') ?? '').split(' ')
  const rows = await findDeliveries(db.read, {
    space: space.id,
    lane: laneOf(space),
    ...(isState(state) ? { state } : {}),
    ...(words ? { words, addresses: await addressesOf(db.read, space.id, words) } : {}),
    ...(key ? { before: { made, key } } : {}),
    limit: PAGE + 1,
  })
  const page = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? page.at(-1) : undefined
  const names = new Map<string, string>()
  for (const { to } of page) {
    const at = JSON.stringify(to)
    if (!names.has(at)) names.set(at, await nameOf(db.read, to))
  }
  const whom = ({ to }: Delivery) => names.get(JSON.stringify(to)) ?? ''
  const said = ({ to, effect }: Delivery) => {
    const title = 'channel' in to ? titleOf(effect) : undefined
    return title ? `: ${cut(title, 80)}` : ''
  }
  const options = [['', 'Any state'], ...STATES.map((one) => [one, stateInWords(one)] as const)] as const
  return {
    title: 'Deliveries',
    section: '/console/deliveries',
    body: html`<p>Everything that was promised to somebody in this community, the latest first.</p>
${finder('/console/deliveries', html`${input('q', 'Name, channel, or how a key begins', words)}${select('state', 'State', state, options)}`)}
${table(
  'Deliveries',
  ['What', 'To', 'State', 'Due', 'Told of it'],
  page.map((one) => [
    html`<a href="/console/delivery?key=${encodeURIComponent(one.key)}">${whatIsSent(one.effect.kind)}${said(one)}</a>`,
    whom(one),
    mark(tone(one.state), stateInWords(one.state)),
    moment(one.due, zone),
    one.trouble ?? '',
  ]),
  words || state ? 'Nothing like that was promised here.' : 'Nothing was promised to anybody yet.',
)}
${last ? html`<p><a class="button" href="/console/deliveries?${new URLSearchParams({ q: words, state, before: `${last.made} ${last.key}` }).toString()}">Earlier ones</a></p>` : ''}`,
  }
}

async function addressesOf(read: Parameters<typeof membersNamed>[0], space: string, words: string): Promise<string[]> {
  const users: string[] = []
  for (const { id } of await membersNamed(read, space, words, 50)) {
    const user = await userIn(read, space, id)
    if (user) users.push(`user:${user}`)
  }
  return [...users, `channel:${words.replace(/^#/, '')}`]
}

/** One delivery, explained, with what can be done about it. */
export const deliveryPage: PageMaker = async (house, visitor, query) => ({
  title: 'Deliveries',
  section: '/console/deliveries',
  body: answerHtml(
    visitor,
    await house.perform(visitor.actor, { do: 'delivery', key: (query.get('key') ?? '').replaceAll('\0', '') }),
  ),
})
