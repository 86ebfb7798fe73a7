import { plus } from '@cme-commons/core'
import {
  deliveryOf,
  eraseMember,
  findMember,
  findWebhook,
  inTx,
  listDeliveries,
  redeliver,
  webhookDeliveries,
} from '@cme-commons/db'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { type DateSaid, saveDate, saveEdition } from '../../packages/app/src/conferences/save.ts'
import { doneNow } from '../../packages/app/src/onboarding/stand.ts'
import {
  alterWebhook,
  makeWebhook,
  pingWebhook,
  removeWebhook,
  rotateWebhook,
} from '../../server/src/webhooks/manage.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { tracesIn } from '../support/traces.ts'
import { OWN, startListener, webhookHouse } from '../support/webhook-house.ts'
import { entry, knowledge, moderator, sara, worldOn } from '../support/world.ts'

const START = '2026-11-23T08:00:00.000Z'
const DAY = 86_400_000

/** The signature as the library of Standard Webhooks checks it, which wants a real clock: the time of the attempt is ours to give. */
const verified = (secret: string, { headers, body }: { headers: object; body: string }) =>
  new Webhook(secret).verify(body, headers as Record<string, string>)

describeEachDatabase((fresh) => {
  async function started(answer?: Parameters<typeof startListener>[0]) {
    const db = await (await fresh()).open()
    const world = await worldOn(db, START)
    const listener = await startListener(answer)
    const house = webhookHouse(db, START, [listener.host])
    const add = async (events?: string[], url = listener.url) => {
      const made = await house.manage((m) => makeWebhook(m, { space: 'try', url, events }))
      if ('wrong' in made) throw new Error(made.wrong)
      return made
    }
    return { db, world, listener, house, add }
  }

  test('a new item is told to whoever asked, signed so that the library of Standard Webhooks takes it', async () => {
    const { world, listener, house, add } = await started()
    const { webhook, secret } = await add(['item.added'])
    await add(['step.done'])
    await world.publish([entry(1)], START)
    await world.publish([entry(2), entry(3)], plus(START, 60_000))
    await house.send(plus(START, 120_000))
    expect(listener.types()).toEqual(['item.added', 'item.added'])
    for (const call of listener.calls) expect(verified(secret, call)).toEqual(call.json)
    expect(listener.calls[0]!.json).toMatchObject({
      type: 'item.added',
      timestamp: plus(START, 60_000),
      data: { space: 'try', item: 'i2', href: `${OWN}/news/i2` },
    })
    expect(listener.calls[0]!.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'CME-Commons test',
      'webhook-id': expect.stringMatching(/^msg_[0-9a-f]{24}$/),
    })
    const tampered = { ...listener.calls[0]!, body: listener.calls[0]!.body.replace('i2', 'i3') }
    expect(() => verified(secret, tampered)).toThrow()
    expect(webhook.secret).not.toContain(secret.slice(6))
  })

  test('a suggestion that moderators approve is told to its own space alone, without a page to read it on', async () => {
    const { world, listener, house, add } = await started()
    await add(['item.added'])
    const answers = { href: 'https://example.org/report', title: 'A report on credits', why: 'Figures' }
    await world.press(sara, { do: 'form.submit', form: 'suggest', answers }, START)
    await world.press(moderator, { do: 'suggestions.approve', suggestion: 'sug1' }, START)
    await house.send()
    expect(listener.calls.map(({ json }) => json)).toEqual([
      { type: 'item.added', timestamp: START, data: { space: 'try', item: 'i1' } },
    ])
  })

  test('what a source had before, and what is off topic, is told to nobody', async () => {
    const { world, listener, house, add } = await started()
    await add()
    await world.publish([entry(1), entry(2)], START)
    await world.publish([entry(3, { title: 'Staff picnic photographs', text: 'Cake was had.' })], plus(START, 60_000))
    await house.send(plus(START, 120_000))
    expect(listener.calls).toEqual([])
  })

  test('steps that are done, and the pathway with the last of them, with ids alone', async () => {
    const { db, world, listener, house, add } = await started()
    await add(['step.done', 'pathway.done'])
    await world.say(sara, '/cme start', START)
    const { id: member } = (await findMember(db.read, 'try', 'sara'))!
    const pathway = knowledge.onboarding.pathways.find(({ track }) => track === undefined)!
    const steps = pathway.steps.map(({ id }) => id)
    const actor = { tx: undefined as never, now: START, content: knowledge, actor: sara }
    for (const [n, step] of steps.entries())
      for (const again of [0, 1])
        await inTx(db, (tx) => doneNow({ ...actor, tx, now: plus(START, 60_000 * n + again) }, member, step))
    await house.send(plus(START, 3_600_000))
    expect(listener.calls.map(({ json }) => json)).toEqual([
      ...steps.map((step, n) => ({
        type: 'step.done',
        timestamp: plus(START, 60_000 * n),
        data: { space: 'try', member, step },
      })),
      { type: 'pathway.done', timestamp: expect.any(String), data: { space: 'try', member, pathway: pathway.id } },
    ])
    expect(JSON.stringify(listener.calls)).not.toMatch(/sara/i)
  })

  test('of whoever erased her data nothing is told any more, and nothing is kept', async () => {
    const { db, world, listener, house, add } = await started()
    const { webhook } = await add()
    await world.say(sara, '/cme start', START)
    const { id: member } = (await findMember(db.read, 'try', 'sara'))!
    const ctx = { now: START, content: knowledge, actor: sara }
    await inTx(db, (tx) => doneNow({ ...ctx, tx }, member, 'welcome'))
    await house.send()
    await inTx(db, (tx) => doneNow({ ...ctx, tx, now: plus(START, 60_000) }, member, 'other'))
    await inTx(db, (tx) => eraseMember(tx, member, plus(START, 60_000)))
    await house.send(plus(START, 120_000))
    expect(listener.types()).toEqual(['step.done'])
    const { deliveries } = await webhookDeliveries(db.read, webhook)
    expect(deliveries.map(({ state }) => state)).toEqual(['skipped', 'done'])
    expect(await tracesIn(db, [member, 'Sara', 'sara'])).toEqual({})
  })

  test('a date that is added, moved and called off', async () => {
    const { db, listener, house, add } = await started()
    await add(['date.added', 'date.moved', 'date.cancelled'])
    const by = (now: string) => ({ now, by: { said: 'a test' } })
    const edition = {
      space: 'try',
      conference: 'sacme',
      name: 'SACME 2027',
      year: 2027,
      zone: 'America/New_York',
      status: 'planned' as const,
    }
    const { id: of } = await inTx(db, (tx) => saveEdition({ tx, ...by(START) }, edition))
    const at = (n: number) => plus(START, n * 60_000)
    const said: DateSaid = {
      space: 'try',
      edition: of,
      conference: 'sacme',
      kind: 'abstracts',
      title: 'Abstracts due',
      when: { kind: 'day', day: '2027-01-15', zone: 'America/New_York' },
      status: 'confirmed',
      source: 'https://example.org/',
      checked: '2026-11-23',
    }
    const save = (n: number, date: DateSaid) => inTx(db, (tx) => saveDate({ tx, ...by(at(n)) }, date))
    const { id } = await save(0, said)
    await save(1, { ...said, id, place: 'Chicago' })
    const moved = {
      ...said,
      id,
      when: { kind: 'at', at: '2027-01-20T22:00:00.000Z', zone: 'America/New_York' } as const,
    }
    await save(2, moved)
    await save(3, { ...moved, status: 'cancelled' })
    const { id: other } = await save(4, { ...said, kind: 'hotel' })
    await inTx(db, (tx) => saveEdition({ tx, ...by(at(5)) }, { ...edition, id: of, status: 'cancelled' }))
    await house.send(at(10))
    const date = { space: 'try', date: id, edition: of, conference: 'sacme', kind: 'abstracts' }
    expect(listener.calls.map(({ json }) => [json.type, json.data])).toEqual([
      ['date.added', { ...date, status: 'confirmed', sequence: 0, from: '2027-01-15' }],
      [
        'date.moved',
        { ...date, status: 'confirmed', sequence: 2, from: '2027-01-20T22:00:00.000Z', was: '2027-01-15' },
      ],
      ['date.cancelled', { ...date, status: 'cancelled', sequence: 3, from: '2027-01-20T22:00:00.000Z' }],
      ['date.added', { ...date, date: other, kind: 'hotel', status: 'confirmed', sequence: 0, from: '2027-01-15' }],
      ['date.cancelled', { ...date, date: other, kind: 'hotel', status: 'cancelled', sequence: 1, from: '2027-01-15' }],
    ])
  })

  test('the digest of a channel, and not what members read by themselves', async () => {
    const { world, listener, house, add } = await started()
    await add(['digest.made'])
    await world.press(moderator, { do: 'digest.start', here: true } as never, START)
    await world.say(moderator, '/cme digest here', START)
    await world.say(sara, '/cme digest', START)
    await world.press(sara, { do: 'digest.start' }, START)
    await world.publish([entry(1)], START)
    await world.publish([entry(2)], plus(START, 60_000))
    await world.plan(plus(START, 8 * DAY))
    house.clock.now = plus(START, 8 * DAY)
    await house.send()
    expect(listener.calls.map(({ json }) => json)).toEqual([
      {
        type: 'digest.made',
        timestamp: expect.any(String),
        data: {
          space: 'try',
          digest: expect.stringMatching(/^d/),
          channel: 'standards-news',
          href: expect.stringContaining('/digests/d'),
        },
      },
    ])
  })

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
