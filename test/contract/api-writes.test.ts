import { auditLines, eraseMember, forgetAnswers, inTx } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { type Body, started } from '../support/api-caller.ts'
import { later, NOW } from '../support/api-world.ts'
import { describeEachDatabase } from '../support/databases.ts'

const early = { edition: 'e1', kind: 'early-bird', when: '2027-02-23 AoE', source: 'https://example.org/2027' }

describeEachDatabase((fresh) => {
  test('a moderator adds a conference with its edition, dates and sessions, moves a date, calls the edition off and takes a date out', async () => {
    const { send, get, house } = await started(await (await fresh()).open())
    const made = await send('POST', '/v1/conferences', {
      name: 'Forum of Educators',
      organiser: 'A society',
      href: 'https://example.org/educators',
      region: 'eu',
      tracks: ['academic'],
    })
    expect([made.status, made.headers.get('location')]).toEqual([201, '/v1/conferences/own-2'])
    const edition = (await (
      await send('POST', '/v1/editions', {
        conference: 'own-2',
        name: 'Forum 2027',
        zone: 'Europe/Brussels',
        href: 'https://example.org/educators',
        days: { kind: 'day', day: '2027-05-10', to: '2027-05-12' },
      })
    ).json()) as Body
    expect(edition).toMatchObject({ id: 'e2', year: 2027, status: 'planned', conference: 'own-2' })
    const date = (await (await send('POST', '/v1/dates', { ...early, edition: 'e2' })).json()) as Body
    expect(date).toMatchObject({
      kind: 'early-bird',
      when: { kind: 'aoe', day: '2027-02-23' },
      closes: '2027-02-24T11:59:00.000Z',
      sequence: 0,
      status: 'confirmed',
    })
    const session = await send('POST', '/v1/sessions', {
      edition: 'e2',
      title: 'Outcomes',
      when: '2027-05-10 14:00 to 15:00',
      source: 'The chair told us',
      place: 'Room 2',
    })
    expect(await session.json()).toMatchObject({
      when: { kind: 'at', at: '2027-05-10T12:00:00.000Z', until: '2027-05-10T13:00:00.000Z', zone: 'Europe/Brussels' },
      place: 'Room 2',
    })
    expect(((await get('/v1/dates?edition=e2')).dates as Body[]).map(({ kind }) => kind)).toEqual([
      'early-bird',
      'event',
    ])

    const at = `/v1/dates/${date.id}`
    const moved = await send(
      'PATCH',
      at,
      { when: { kind: 'at', at: '2027-02-26T16:00:00Z', zone: 'Europe/Brussels' } },
      { 'if-match': '*' },
    )
    expect(await moved.json()).toMatchObject({
      title: 'Early-bird fee ends',
      closes: '2027-02-26T16:00:00.000Z',
      sequence: 1,
    })
    const off = await send('PATCH', '/v1/editions/e2', { status: 'cancelled' }, { 'if-match': '*' })
    expect(await off.json()).toMatchObject({ status: 'cancelled' })
    expect(await get(at)).toMatchObject({ status: 'cancelled', sequence: 2 })
    expect((await send('DELETE', at, undefined, { 'if-match': '*' })).status).toBe(204)
    expect((await send('GET', at)).status).toBe(404)
    const kept = await house.db.read
      .selectFrom('date_history')
      .select(['changed_by', 'said'])
      .where('subject', '=', String(date.id))
      .execute()
    expect(kept.map(({ changed_by, said }) => [changed_by, said])).toEqual(Array(4).fill(['m3', null]))
  })

  test('a request under a key of its own is done once, whoever sends it how often, for a day', async () => {
    const { send, get, house } = await started(await (await fresh()).open())
    const key = { 'idempotency-key': 'first' }
    const all = await Promise.all([1, 2, 3].map(() => send('POST', '/v1/dates', early, key)))
    const bodies = await Promise.all(all.map((answer) => answer.json()))
    expect(all.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
    expect(all.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(2)
    expect(new Set(all.map(({ headers }) => `${headers.get('location')} ${headers.get('etag')}`)).size).toBe(1)
    expect((await get('/v1/dates?kind=early-bird')).dates as Body[]).toHaveLength(1)
    const other = await send('POST', '/v1/dates', { ...early, title: 'Another' }, key)
    expect([other.status, ((await other.json()) as { errors: object[] }).errors]).toEqual([
      422,
      [expect.objectContaining({ pointer: '#/header/Idempotency-Key' })],
    ])
    // What was refused can be corrected under the same key.
    const wrong = await send('POST', '/v1/dates', { ...early, when: 'soon' }, { 'idempotency-key': 'second' })
    expect(wrong.status).toBe(422)
    expect((await send('POST', '/v1/dates', early, { 'idempotency-key': 'second' })).status).toBe(201)
    expect(await inTx(house.db, (tx) => forgetAnswers(tx, later(365 * 20)))).toBe(2)
    expect((await send('POST', '/v1/dates', early, key)).headers.get('idempotency-replayed')).toBe(null)
  })

  test('what was answered under a key goes with the member whose it was, or whom it names', async () => {
    const { app, tokens, send, house } = await started(await (await fresh()).open())
    const page = { href: 'https://example.org/hers', title: 'A page of hers', why: 'Figures' }
    const own = { ...tokens.member, 'content-type': 'application/json', 'idempotency-key': 'hers' }
    const made = await app.request('/v1/suggestions', { method: 'POST', headers: own, body: JSON.stringify(page) })
    expect(made.status).toBe(201)
    await send('POST', '/v1/suggestions/sug1/approve', {}, { 'idempotency-key': 'names-her' })
    await send('POST', '/v1/dates', early, { 'idempotency-key': 'names-nobody' })
    await inTx(house.db, (tx) => eraseMember(tx, 'm1', NOW))
    const left = await house.db.read.selectFrom('kept_answers').select('key').execute()
    expect(left).toEqual([{ key: 'names-nobody' }])
  })

  test('lists come whole, page after page, each row once', async () => {
    const { send, get } = await started(await (await fresh()).open())
    for (let i = 0; i < 7; i++)
      await send('POST', '/v1/dates', { ...early, kind: 'other', title: `Date ${i}`, when: '2027-03-01' })
    const pages = async (path: string, name: string) => {
      const ids: string[] = []
      for (let next: string | undefined = `${path}${path.includes('?') ? '&' : '?'}limit=3`; next; ) {
        const answer = await send('GET', next)
        const body = (await answer.json()) as Body & { next: string | null }
        const rows = body[name] as { id: string }[]
        expect(rows.length).toBeLessThanOrEqual(3)
        ids.push(...rows.map(({ id }) => id))
        next = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
        expect(next === undefined).toBe(body.next === null)
      }
      expect(new Set(ids).size).toBe(ids.length)
      return ids
    }
    expect(await pages('/v1/dates?kind=other', 'dates')).toHaveLength(7)
    expect(await pages('/v1/conferences', 'conferences')).toEqual(
      ((await get('/v1/conferences?limit=100')).conferences as Body[]).map(({ id }) => id),
    )
    expect(await pages('/v1/members', 'members')).toEqual(['m1', 'm2', 'm3'])
    expect(await pages('/v1/editions', 'editions')).toEqual(['e1'])
    expect((await pages('/v1/suggestions', 'suggestions')).sort()).toEqual(['sug1', 'sug2'])
    expect(await pages('/v1/deliveries', 'deliveries')).toEqual(
      ((await get('/v1/deliveries?limit=100')).deliveries as Body[]).map(({ id }) => id),
    )
    const strange = await send('GET', '/v1/members?cursor=abc')
    expect([strange.status, ((await strange.json()) as { errors: Body[] }).errors[0]!.pointer]).toEqual([
      422,
      '#/query/cursor',
    ])
  })

  test('settings, subscriptions, suggestions and deliveries are changed as in the chat, and the audit says by whom', async () => {
    const { send, get, house } = await started(await (await fresh()).open())
    const any = { 'if-match': '*' }
    const set = await send(
      'PATCH',
      '/v1/settings',
      { zone: 'Europe/Brussels', news: 'C9', trackChannels: { program: 'C8' } },
      any,
    )
    expect(await set.json()).toMatchObject({ zone: 'Europe/Brussels', news: 'C9', trackChannels: { program: 'C8' } })
    expect(await (await send('PATCH', '/v1/settings', { news: null }, any)).json()).toMatchObject({
      news: null,
      zone: 'Europe/Brussels',
    })
    const strange = (await (
      await send('PATCH', '/v1/settings', { zone: 'Nowhere/City', trackChannels: { nobody: 'C1' } }, any)
    ).json()) as { errors: Body[] }
    expect(strange.errors.map(({ pointer }) => pointer)).toEqual(['#/trackChannels/nobody'])
    const change = {
      schedule: { cadence: 'monthly', day: 31, at: '07:30', quiet: { from: '22:00', to: '06:00' } },
      filter: { muted: ['credit-system'], max: 3 },
      paused: true,
    }
    expect(await (await send('PATCH', '/v1/subscriptions/s1', change, any)).json()).toMatchObject({
      schedule: change.schedule,
      filter: change.filter,
      paused: true,
    })
    const slept = await send('PATCH', '/v1/subscriptions/s1', { paused: false, snoozedUntil: '2027-01-10' }, any)
    expect(await slept.json()).toMatchObject({
      paused: false,
      snoozedUntil: expect.stringMatching(/^2027-01-(09|10)T/),
    })
    expect((await send('POST', '/v1/subscriptions', { channel: 'standards-news' })).status).toBe(409)
    expect(await (await send('POST', '/v1/subscriptions', {})).json()).toMatchObject({ to: { user: 'mo' } })
    expect((await send('DELETE', '/v1/subscriptions/s1', undefined, any)).status).toBe(204)

    expect(await (await send('POST', '/v1/suggestions/sug1/approve', {})).json()).toMatchObject({
      state: 'approved',
      item: expect.any(String),
    })
    expect((await send('POST', '/v1/suggestions/sug1/decline', { reason: 'Late' })).status).toBe(409)
    expect(await (await send('POST', '/v1/suggestions/sug2/decline', { reason: 'Known' })).json()).toMatchObject({
      state: 'declined',
      reason: 'Known',
    })
    const { deliveries } = (await get('/v1/deliveries?state=dead')) as { deliveries: Body[] }
    const at = `/v1/deliveries/${deliveries[0]!.id}`
    expect(await (await send('POST', `${at}/retry`)).json()).toMatchObject({
      key: 'role/r1',
      state: 'waiting',
      attempts: 0,
    })
    expect((await send('POST', `${at}/retry`)).status).toBe(409)
    expect(await (await send('POST', `${at}/drop`)).json()).toMatchObject({ state: 'withdrawn' })
    const lines = await auditLines(house.db.read, { space: 'try' })
    expect(new Set(lines.map(({ actor }) => actor))).toEqual(new Set(['m3']))
    expect(lines.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['setup.zone', 'suggestion.approved', 'delivery.retried', 'delivery.dropped']),
    )
  })
})
