import { plus } from '@cme-commons/core'
import { deliveryOf, findWebhook, inTx, listDeliveries, redeliver, webhookDeliveries } from '@cme-commons/db'
import { expect, test } from 'vitest'
import {
  alterWebhook,
  makeWebhook,
  pingWebhook,
  removeWebhook,
  rotateWebhook,
} from '../../server/src/webhooks/manage.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { type Answering, OWN, startListener, verified, webhookHouse, webhookWorld } from '../support/webhook-house.ts'
import { entry, moderator } from '../support/world.ts'

const START = '2026-11-23T08:00:00.000Z'
const DAY = 86_400_000

describeEachDatabase((fresh) => {
  const started = (answer?: Answering) => webhookWorld(fresh, START, answer)

  test('each address gets its events in order, also when one has to be tried again, and the same id each time', async () => {
    const { world, listener, house, add } = await started((_, nth) => ({ status: nth < 3 ? 500 : 200 }))
    await add(['item.added'])
    await world.publish([entry(1)], START)
    for (const n of [2, 3]) await world.publish([entry(n)], plus(START, n * 60_000))
    await house.send(plus(START, 3_600_000))
    expect(listener.calls.map(({ json }) => (json.data as { item: string }).item)).toEqual(['i2', 'i2', 'i2', 'i3'])
    expect(new Set(listener.calls.slice(0, 3).map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  test('whoever asks for patience is left alone so long, at no cost and at no other’s', async () => {
    const { db, listener, house, add } = await started((_, nth) =>
      nth === 1 ? { status: 429, headers: { 'retry-after': '600' } } : { status: 202 },
    )
    const { webhook } = await add()
    const other = await add(undefined, `http://${listener.host}/other`)
    const key = await house.manage((m) => pingWebhook(m, webhook))
    await house.send(plus(START, 10_000))
    expect(await deliveryOf(db.read, key!)).toMatchObject({
      state: 'waiting',
      attempts: 0,
      due: plus(START, 600_000),
      trouble: 'It asks for patience (429).',
    })
    await house.manage((m) => pingWebhook(m, other.webhook))
    await house.send(plus(START, 20_000))
    expect(listener.calls).toHaveLength(2)
    await house.send(plus(START, 700_000))
    expect(await deliveryOf(db.read, key!)).toMatchObject({ state: 'done', ref: '202', attempts: 1 })
  })

  test('an address that is gone ends its webhook, takes back what waits, and moderators are told once', async () => {
    const { db, world, listener, house, add } = await started(() => ({ status: 410 }))
    const { webhook } = await add(['item.added'])
    await world.publish([entry(1)], START)
    await world.publish([entry(2), entry(3)], plus(START, 60_000))
    await house.send(plus(START, 3_600_000))
    expect(listener.calls).toHaveLength(1)
    expect(await findWebhook(db.read, webhook.id)).toMatchObject({ stopped_at: expect.any(String) })
    const { deliveries } = await webhookDeliveries(db.read, webhook)
    expect(deliveries.map(({ state }) => state).sort()).toEqual(['dead', expect.stringMatching(/^(dead|withdrawn)$/)])
    const told = (await listDeliveries(db.read, { space: 'try' })).deliveries.filter(({ key }) =>
      key.startsWith('webhook-trouble/'),
    )
    expect(told).toMatchObject([
      { to: { channel: 'moderators' }, effect: { card: { title: 'A webhook has stopped' } } },
    ])
    expect(JSON.stringify(told)).not.toContain('secret')
    await world.publish([entry(4)], plus(START, 2 * 3_600_000))
    await house.send(plus(START, 3 * 3_600_000))
    expect(listener.calls).toHaveLength(1)
  })

  test('what never gets through ends after three days, moderators hear of it, and it is sent again when asked', async () => {
    let up = false
    const { db, listener, house, add } = await started(() => ({ status: up ? 200 : 503 }))
    const { webhook } = await add()
    const key = (await house.manage((m) => pingWebhook(m, webhook)))!
    await house.send(plus(START, 4 * DAY))
    expect(await deliveryOf(db.read, key)).toMatchObject({
      state: expect.stringMatching(/dead|expired/),
      trouble: 'It answers with status 503.',
    })
    expect(listener.calls.length).toBeGreaterThan(12)
    expect(await findWebhook(db.read, webhook.id)).toMatchObject({
      stopped_at: null,
      trouble: 'It answers with status 503.',
    })
    const told = (await listDeliveries(db.read, { space: 'try' })).deliveries.filter(({ key }) =>
      key.startsWith('webhook-trouble/'),
    )
    expect(told).toHaveLength(1)
    up = true
    const times = { now: house.clock.now, expires: plus(house.clock.now, DAY) }
    expect(await inTx(db, (tx) => redeliver(tx, webhook.id, times))).toBe(1)
    await house.send()
    expect(await deliveryOf(db.read, key)).toMatchObject({ state: 'done', attempts: 1 })
    expect(await findWebhook(db.read, webhook.id)).toMatchObject({ trouble: null })
    expect(await inTx(db, (tx) => redeliver(tx, webhook.id, times))).toBe(0)
    expect(await inTx(db, (tx) => redeliver(tx, webhook.id, times, [key]))).toBe(1)
    await house.send(plus(house.clock.now, 1_000))
    expect(new Set(listener.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  test('redirects are not followed, silence ends, and an answer without end is not read', async () => {
    const elsewhere = await startListener()
    const { db, listener, house, add } = await started((_, nth) =>
      nth === 1 ? { status: 307, headers: { location: elsewhere.url } } : { status: 200, body: 'x'.repeat(5_000_000) },
    )
    const { webhook } = await add()
    const key = (await house.manage((m) => pingWebhook(m, webhook)))!
    await house.send(plus(START, 1_000))
    expect(await deliveryOf(db.read, key)).toMatchObject({
      state: 'waiting',
      attempts: 1,
      trouble: expect.stringContaining('307'),
    })
    await house.send(plus(START, 60_000))
    expect(await deliveryOf(db.read, key)).toMatchObject({ state: 'done' })
    expect([listener.calls.length, elsewhere.calls.length]).toEqual([2, 0])
  })

  test('a new secret signs beside the old one for a day', async () => {
    const { listener, house, add } = await started()
    const { webhook, secret } = await add()
    const turned = await house.manage((m) => rotateWebhook(m, webhook))
    if ('wrong' in turned) throw new Error(turned.wrong)
    await house.manage((m) => pingWebhook(m, webhook))
    await house.send()
    for (const one of [secret, turned.secret]) expect(verified(one, listener.calls[0]!)).toMatchObject({ type: 'ping' })
    house.clock.now = plus(START, DAY + 1)
    await house.manage((m) => pingWebhook(m, webhook))
    await house.send()
    expect(() => verified(secret, listener.calls[1]!)).toThrow()
    expect(verified(turned.secret, listener.calls[1]!)).toMatchObject({ type: 'ping' })
  })

  test('private and unencrypted addresses, and our own, are refused when they are given and again when they are used', async () => {
    const { db, house } = await started()
    const add = (url: string) => house.manage((m) => makeWebhook(m, { space: 'try', url }))
    for (const [url, why] of [
      ['http://127.0.0.1/hook', /private network/],
      ['https://[::1]/hook', /private network/],
      ['https://169.254.169.254/latest/meta-data', /private network/],
      ['https://2130706433/', /private network/],
      ['https://user:pass@example.org/', /user name or password/],
      ['https://example.org:8443/hook', /Port 8443/],
      ['http://example.org/hook', /encrypted/],
      ['file:///etc/passwd', /http and https/],
      ['example.org/hook', /no web address/],
      [`${OWN}/v1/news`, /our own/],
    ] as const)
      expect(await add(url)).toMatchObject({ field: 'url', wrong: expect.stringMatching(why) })
    expect(
      await house.manage((m) => makeWebhook(m, { space: 'try', url: 'https://example.org/', events: ['x'] })),
    ).toMatchObject({ field: 'events' })
    expect(await house.manage((m) => makeWebhook(m, { space: 'nowhere', url: 'https://example.org/' }))).toMatchObject({
      field: 'space',
    })
    // An address that was allowed when it was given, and is not any more.
    const listener = await startListener()
    const before = webhookHouse(db, START, [listener.host])
    const made = await before.manage((m) => makeWebhook(m, { space: 'try', url: listener.url }))
    if ('wrong' in made) throw new Error(made.wrong)
    const key = (await house.manage((m) => pingWebhook(m, made.webhook)))!
    await house.send()
    expect(listener.calls).toEqual([])
    expect(await deliveryOf(db.read, key)).toMatchObject({ trouble: expect.stringContaining('private network') })
  })

  test('a webhook that is stopped or removed is told nothing more', async () => {
    const { db, listener, house, add } = await started()
    const { webhook } = await add()
    const key = (await house.manage((m) => pingWebhook(m, webhook)))!
    const { webhook: stopped } = (await house.manage((m) =>
      alterWebhook(m, webhook, { stopped: true }),
    )) as typeof add extends () => infer R ? Awaited<R> : never
    expect(await deliveryOf(db.read, key)).toMatchObject({ state: 'withdrawn' })
    await house.manage((m) => alterWebhook(m, stopped, { stopped: false }))
    await house.manage((m) => pingWebhook(m, webhook))
    await house.manage((m) => removeWebhook(m, webhook))
    await house.send()
    expect(listener.calls).toEqual([])
    expect(moderator.moderator).toBe(true)
  })
})
