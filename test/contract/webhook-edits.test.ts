import { type Action, plus } from '@cme-commons/core'
import { inTx, putSpace, redeliver, webhookDeliveries } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { apiRoutes } from '../../server/src/api/routes.ts'
import { newsItem } from '../../server/src/api/schemas.ts'
import { makeWebhook } from '../../server/src/webhooks/manage.ts'
import { apiHouse } from '../support/api-house.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { tokenFor } from '../support/tokens.ts'
import { OWN, webhookWorld } from '../support/webhook-house.ts'
import { entry, moderator } from '../support/world.ts'

const START = '2026-11-23T08:00:00.000Z'
const LATER = plus(START, 60_000)

describeEachDatabase((fresh) => {
  const started = async () => {
    const { db, world, listener, house, add } = await webhookWorld(fresh, START)
    await inTx(db, (tx) =>
      putSpace(tx, { id: 'other', platform: 'try', name: 'Other', zone: 'UTC', moderators: null, made_at: START }),
    )
    const { webhook } = await add(['item.added'])
    await house.manage((m) => makeWebhook(m, { space: 'other', url: listener.url, events: ['item.added'] }))
    await world.publish([entry(100)], START)
    const edit = (action: Action) => world.press(moderator, action, LATER)
    const submit = (form: string, answers: Record<string, string | string[]>) =>
      edit({ do: 'form.submit', form, answers })
    /** What each community was told since, of which items. */
    const told = async () => {
      const before = listener.calls.length
      await house.send(plus(house.clock.now, 120_000))
      const calls = listener.calls.slice(before).map(({ json }) => json.data as { space: string; item: string })
      return Object.fromEntries(
        ['try', 'other'].map((space) => [space, calls.filter((one) => one.space === space).map(({ item }) => item)]),
      )
    }
    const why = async () =>
      (await webhookDeliveries(db.read, webhook)).deliveries.map(({ state, trouble }) => [state, trouble])
    return { db, world, listener, webhook, edit, submit, told, why }
  }
  const labels = { topic: 'outcomes', body: 'accme', region: 'us', tracks: [], action: '' }

  test('what a community hid or merged before it was sent is not told to it, and is to others', async () => {
    const { db, world, webhook, edit, told, why } = await started()
    await world.publish([entry(1), entry(2), entry(3)], LATER)
    await edit({ do: 'item.hide', item: 'i2', why: 'An advertisement' })
    await edit({ do: 'item.merge', item: 'i4', into: 'i3' })
    expect(await told()).toEqual({ try: ['i3'], other: ['i2', 'i3', 'i4'] })
    expect((await why()).toSorted()).toEqual([
      ['done', undefined],
      ['skipped', 'The moderators hid the item.'],
      ['skipped', 'The moderators show the item as the same story as another one.'],
    ])
    await edit({ do: 'item.show', item: 'i2' })
    expect(await told()).toEqual({ try: [], other: [] })
    const { deliveries } = await webhookDeliveries(db.read, webhook, { state: 'skipped' })
    const expires = plus(LATER, 86_400_000)
    await inTx(db, (tx) =>
      redeliver(
        tx,
        webhook.id,
        { now: LATER, expires },
        deliveries.map(({ key }) => key),
      ),
    )
    expect(await told()).toEqual({ try: ['i2'], other: [] })
  })

  test('what it relabelled or summarised is told by its id, under which its token reads what it made of it', async () => {
    const { db, world, listener, submit, told } = await started()
    await world.publish([entry(1)], LATER)
    await submit('item.relabel:i2', labels)
    await submit('item.summary:i2', { title: 'Disclose earlier', summary: 'The short of it.' })
    expect(await told()).toEqual({ try: ['i2'], other: ['i2'] })
    expect(listener.calls.map(({ json }) => json.data)).toContainEqual({
      space: 'try',
      item: 'i2',
      href: `${OWN}/news/i2`,
    })
    expect(listener.calls.map(({ body }) => body).join()).not.toContain('Disclose')
    const app = apiRoutes(await apiHouse(db))
    const { headers } = await tokenFor(db, START, { scope: 'read' })
    expect(newsItem.parse(await (await app.request('/v1/news/i2', { headers })).json())).toMatchObject({
      title: 'Disclose earlier',
      topic: 'outcomes',
    })
  })

  test('what moderators bring into the news of a community is told to that alone, once', async () => {
    const { world, listener, edit, submit, told } = await started()
    await world.publish([entry(9, { title: 'CME Group futures fall for the fourth time', text: '' })], LATER)
    expect(await told()).toEqual({ try: [], other: [] })
    await submit('item.relabel:i2', labels)
    await edit({ do: 'item.undo', change: '1' })
    expect(await told()).toEqual({ try: [], other: [] })
    await world.publish([entry(10, { title: 'CME Group futures rise for the fourth time', text: '' })], LATER)
    await submit('item.relabel:i3', labels)
    expect(await told()).toEqual({ try: ['i3'], other: [] })
    expect(listener.calls.at(-1)!.json.data).toEqual({ space: 'try', item: 'i3' })
    await edit({ do: 'item.undo', change: '3' })
    await submit('item.relabel:i3', labels)
    await submit('item.relabel:i3', { ...labels, region: 'eu' })
    expect(await told()).toEqual({ try: [], other: [] })
  })

  test('what is split off a story is told to its community as its own, unless that was undone', async () => {
    const { world, edit, told } = await started()
    await world.publish([entry(1), entry(2)], LATER)
    await world.publish([entry(50, { link: 'https://example.net/other' })], LATER, 'second')
    for (const n of [1, 2])
      await world.publish([entry(50 + n, { title: entry(n).title, link: `https://example.net/${n}` })], LATER, 'second')
    expect(await told()).toEqual({ try: ['i2', 'i3'], other: ['i2', 'i3'] })
    await edit({ do: 'item.split', item: 'i2', off: 'second' })
    expect(await told()).toEqual({ try: ['i5'], other: [] })
    await edit({ do: 'item.split', item: 'i3', off: 'second' })
    await edit({ do: 'item.undo', change: '2' })
    expect(await told()).toEqual({ try: [], other: [] })
  })
})
