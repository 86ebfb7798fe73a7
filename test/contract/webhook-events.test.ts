import { plus } from '@cme-commons/core'
import { eraseMember, findMember, inTx, webhookDeliveries } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { type DateSaid, saveDate, saveEdition } from '../../packages/app/src/conferences/save.ts'
import { doneNow } from '../../packages/app/src/onboarding/stand.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { tracesIn } from '../support/traces.ts'
import { type Answering, OWN, verified, webhookWorld } from '../support/webhook-house.ts'
import { entry, knowledge, moderator, sara } from '../support/world.ts'

const START = '2026-11-23T08:00:00.000Z'
const DAY = 86_400_000

describeEachDatabase((fresh) => {
  const started = (answer?: Answering) => webhookWorld(fresh, START, answer)

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
})
