import { unread } from '@cme-commons/app'
import { DAY, HOUR, type Press, plain, plus, type Reply } from '@cme-commons/core'
import {
  auditLines,
  deliveryOf,
  findSource,
  findSubscription,
  inTx,
  listDeliveries,
  putSource,
  putSpace,
  tokenByHash,
} from '@cme-commons/db'
import { expect, test } from 'vitest'
import { hashOfSecret } from '../../server/src/secrets.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { entry, moderator, sara, titleOf, worldOn } from '../support/world.ts'

const START = '2026-11-23T15:00:00.000Z'
const words = (reply: Reply): string => ('say' in reply ? plain(reply.say) : '')
const { channel: _, ...mo } = moderator

describeEachDatabase((fresh) => {
  async function started() {
    const db = await (await fresh()).open()
    const world = await worldOn(db, START)
    await world.publish([], START)
    const ask = (act: Press, now = START, who = mo) => world.press(who, act, now)
    const all = async () => (await listDeliveries(db.read, { space: 'try', limit: 100 })).deliveries
    const end = (key: string, state: 'dead' | 'done', at: string) =>
      inTx(db, (tx) =>
        tx
          .updateTable('deliveries')
          .set({ state, settled_at: at, attempts: 8, trouble: 'Gone.' })
          .where('key', '=', key)
          .execute(),
      )
    return { db, world, ask, all, end }
  }

  /** A channel's digest, and one item that came after it was ordered. */
  async function ordered(kit: Awaited<ReturnType<typeof started>>) {
    await kit.world.press(moderator, { do: 'digest.start', here: 'yes' }, START)
    await kit.world.publish([entry(1)], plus(START, HOUR))
    return 's1'
  }

  test('a digest is sent now instead of at its time, once, and the next one begins behind it', async () => {
    const kit = await started()
    const subscription = await ordered(kit)
    const now = plus(START, 2 * HOUR)
    expect(titleOf(await kit.ask({ do: 'digest.now', subscription }, now))).toBe('It is on its way')
    expect(titleOf(await kit.ask({ do: 'digest.now', subscription }, now))).toBe('Nothing new to send')
    expect((await kit.all()).filter(({ effect }) => effect.kind === 'digest')).toMatchObject([
      { key: `digest/s1/${now}`, state: 'waiting', due: now },
    ])
    await kit.end(`digest/s1/${now}`, 'done', now)
    await kit.world.plan(plus(START, 8 * DAY))
    expect((await kit.all()).filter(({ effect }) => effect.kind === 'digest')).toHaveLength(1)
    await kit.world.publish([entry(2)], plus(START, 9 * DAY))
    await kit.world.plan(plus(START, 15 * DAY))
    expect((await kit.all()).filter(({ effect }) => effect.kind === 'digest')).toHaveLength(2)
  })

  test('a held digest is not sent, a channel’s is for moderators alone, and another community’s is not there', async () => {
    const kit = await started()
    const subscription = await ordered(kit)
    await kit.ask({ do: 'digest.pause', subscription })
    expect(titleOf(await kit.ask({ do: 'digest.now', subscription }, plus(START, 2 * HOUR)))).toBe(
      'This digest is held',
    )
    expect(await kit.ask({ do: 'digest.now', subscription }, START, sara)).toMatchObject({ refuse: 'moderators-only' })
    await inTx(kit.db, (tx) =>
      putSpace(tx, { id: 'b', platform: 'slack', name: 'B', zone: 'UTC', moderators: null, made_at: START }),
    )
    expect(await kit.ask({ do: 'digest.now', subscription }, START, { ...mo, space: 'b' })).toHaveProperty('refuse')
  })

  test('a digest that failed gives its items back; sent again it takes them, once', async () => {
    const kit = await started()
    await ordered(kit)
    const at = plus(START, 8 * DAY)
    await kit.world.plan(at)
    const [digest] = (await kit.all()).filter(({ effect }) => effect.kind === 'digest')
    const key = digest!.key
    await kit.end(key, 'dead', at)
    await kit.world.settled({ ...digest!, state: 'dead' }, 'dead')
    expect(words(await kit.ask({ do: 'delivery', key }, at))).toContain('[ Send it again ]')
    expect(words(await kit.ask({ do: 'delivery.retry', key }, at))).toContain('It is sent again now.')
    expect(await deliveryOf(kit.db.read, key)).toMatchObject({ state: 'waiting', attempts: 0, due: at })
    expect(await findSubscription(kit.db.read, 's1')).toMatchObject({ cursor: 1 })
    await kit.world.plan(plus(at, 7 * DAY))
    expect((await kit.all()).filter(({ effect }) => effect.kind === 'digest')).toHaveLength(1)
  })

  test('a failed digest whose items came with the next one is not sent again', async () => {
    const kit = await started()
    await ordered(kit)
    const at = plus(START, 8 * DAY)
    await kit.world.plan(at)
    const [digest] = (await kit.all()).filter(({ effect }) => effect.kind === 'digest')
    await kit.end(digest!.key, 'dead', at)
    await kit.world.settled({ ...digest!, state: 'dead' }, 'dead')
    await kit.world.plan(plus(at, 7 * DAY))
    const reply = await kit.ask({ do: 'delivery.retry', key: digest!.key }, plus(at, 7 * DAY))
    expect(words(reply)).toContain('Its items came with a later digest')
    expect(words(reply)).not.toContain('[ Send it again ]')
    expect((await deliveryOf(kit.db.read, digest!.key))?.state).toBe('dead')
  })

  test('a delivery is dropped while it waits or after it failed, never after it arrived; each act is kept', async () => {
    const kit = await started()
    await ordered(kit)
    await kit.world.plan(plus(START, 8 * DAY))
    const key = (await kit.all()).find(({ effect }) => effect.kind === 'digest')!.key
    expect(await kit.ask({ do: 'delivery.drop', key }, START, sara)).toMatchObject({ refuse: 'moderators-only' })
    expect(words(await kit.ask({ do: 'delivery.drop', key }))).toContain('It was dropped.')
    expect((await deliveryOf(kit.db.read, key))?.state).toBe('withdrawn')
    await kit.end(key, 'done', START)
    expect(words(await kit.ask({ do: 'delivery.drop', key }))).toContain('nothing was changed')
    expect(words(await kit.ask({ do: 'delivery.retry', key }))).toContain('nothing was changed')
    expect((await auditLines(kit.db.read, { space: 'try' })).map(({ what, detail }) => `${what} ${detail}`)).toEqual([
      'delivery.dropped digest',
    ])
  })

  test('of what goes to a member in private, moderators are told the kind and not the words', async () => {
    const kit = await started()
    const { post } = await import('@cme-commons/db')
    const card = { title: 'Her secret', blocks: [] }
    const effect = { kind: 'message' as const, card }
    await kit.world.press(sara, { do: 'home' }, START)
    await inTx(kit.db, (tx) =>
      post(tx, START, [
        { key: 'a', lane: 'try/try', to: { space: 'try', user: 'sara' }, effect, due: START },
        { key: 'b', lane: 'try/try', to: { space: 'try', channel: 'moderators' }, effect, due: START },
      ]),
    )
    expect(words(await kit.ask({ do: 'delivery', key: 'a' }))).toMatch(/To: Sara\nWhat: A message\n/)
    expect(words(await kit.ask({ do: 'delivery', key: 'a' }))).not.toContain('secret')
    expect(words(await kit.ask({ do: 'delivery', key: 'b' }))).toContain('What: A message: Her secret')
  })

  test('moderators pause a source, switch it on, give it a new address and add one; where others share them, nobody does', async () => {
    const kit = await started()
    const source = 'ill'
    const gone = { muted_at: START, failures: 9, failing_since: START, trouble: 'It is gone.', enabled: 1 }
    await inTx(kit.db, (tx) => putSource(tx, { ...unread(source, START), url: 'https://ill.example/', ...gone }))
    expect(words(await kit.ask({ do: 'source', source }))).toContain('gone for good')
    expect(await kit.ask({ do: 'source.pause', source }, START, sara)).toMatchObject({ refuse: 'moderators-only' })
    await kit.ask({ do: 'source.pause', source })
    expect(await findSource(kit.db.read, source)).toMatchObject({ enabled: 0, switched: 0 })
    await kit.ask({ do: 'source.resume', source }, plus(START, DAY))
    const well = { enabled: 1, switched: 1, failures: 0, trouble: null, muted_at: null, next_at: plus(START, DAY) }
    expect(await findSource(kit.db.read, source)).toMatchObject(well)
    await kit.ask({ do: 'source.move', source, url: 'https://ill.example/new' })
    expect(await findSource(kit.db.read, source)).toMatchObject({ url: 'https://ill.example/new', etag: null })
    expect(
      words(await kit.ask({ do: 'source.add', url: 'https://www.society.example/feed', name: 'A society' })),
    ).toContain('It was added.')
    expect(await findSource(kit.db.read, 'society-example')).toMatchObject({
      name: 'A society',
      mixed: 1,
      read_at: null,
    })
    expect(await kit.ask({ do: 'source.add', url: 'https://www.society.example/feed' })).toMatchObject({
      refuse: 'already-there',
    })
    for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'https://'])
      expect(await kit.ask({ do: 'source.add', url })).toMatchObject({ refuse: 'gone' })
    expect(await kit.ask({ do: 'source.pause', source: 'sample' })).toMatchObject({ refuse: 'moderators-only' })
    await inTx(kit.db, (tx) =>
      putSpace(tx, { id: 'b', platform: 'slack', name: 'B', zone: 'UTC', moderators: null, made_at: START }),
    )
    for (const act of [
      { do: 'source.pause', source },
      { do: 'source.move', source, url: 'https://x.example/' },
      { do: 'source.add', url: 'https://x.example/' },
    ] as const)
      expect(await kit.ask(act)).toMatchObject({ refuse: 'moderators-only' })
  })

  test('a moderator makes a key to the API, which is shown once and kept as a hash, and ends it; nobody else does', async () => {
    const kit = await started()
    const make = (answers: object, who = mo) =>
      kit.world.press(who, { do: 'form.submit', form: 'keys', answers: answers as never }, START)
    expect(await make({ scope: 'read', days: '90' }, sara)).toMatchObject({ refuse: 'moderators-only' })
    expect(await make({ scope: 'admin', days: '400' })).toMatchObject({
      fields: { scope: expect.any(String), days: expect.any(String) },
    })
    const [secret] = /cme_[\w-]{43}/.exec(words(await make({ scope: 'moderate', days: '30' })))!
    const key = (await tokenByHash(kit.db.read, hashOfSecret(secret)))!
    expect(key).toMatchObject({ space: 'try', member: null, scopes: 'moderate', expires_at: plus(START, 30 * DAY) })
    const list = words(await kit.ask({ do: 'keys' }))
    expect(list).toContain(`${key.id}: moderate, made by Mo`)
    expect(list).not.toContain(secret)
    await inTx(kit.db, (tx) =>
      putSpace(tx, { id: 'b', platform: 'slack', name: 'B', zone: 'UTC', moderators: null, made_at: START }),
    )
    expect(await kit.ask({ do: 'keys.end', key: key.id }, START, { ...mo, space: 'b' })).toMatchObject({
      refuse: 'gone',
    })
    expect(words(await kit.ask({ do: 'keys.end', key: key.id }))).toContain('has ended')
    expect((await tokenByHash(kit.db.read, key.hash))?.revoked_at).toBe(START)
    expect((await auditLines(kit.db.read, { space: 'try' })).map(({ what }) => what)).toEqual([
      'token.revoked',
      'token.added',
    ])
  })
})
