import { rewind, upcoming } from '@cme-commons/app'
import {
  type Actor,
  encodeAction,
  type Instant,
  overCard,
  overForm,
  type Press,
  plain,
  type Reply,
} from '@cme-commons/core'
import { inTx, introducedAt, introductionsAt, listDeliveries, roundsHeld } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { conferenceWorld } from '../support/conference-world.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { knowledge, moderator } from '../support/world.ts'

/** Monday, 15 February 2027; SACME 2027 begins four weeks later, in Chicago. */
const MONDAY = '2027-02-15T15:00:00.000Z'
/** Two weeks before, at ten in Chicago. */
const ROUND = '2027-02-28T16:00:00.000Z'
const FIRST_DAY = '2027-03-14T13:00:00.000Z'
const person = (user: string, zone = 'America/New_York'): Actor => ({
  space: 'try',
  user,
  name: user.charAt(0).toUpperCase() + user.slice(1),
  zone,
})
const [ana, ben, cleo] = [person('ana'), person('ben'), person('cleo', 'Asia/Tokyo')]
const dora = person('dora', 'Europe/Brussels')
const words = (reply: Reply): string => ('say' in reply ? plain(reply.say) : '')
const fits = (reply: Reply) =>
  expect('ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))).toEqual([])

describeEachDatabase((fresh) => {
  async function open() {
    const database = await fresh()
    const db = await database.open()
    const world = await conferenceWorld(db, MONDAY)
    const edition = { name: 'SACME 2027', zone: 'America/Chicago', place: 'A city', href: 'https://example.org/sacme' }
    await world.enter('plan.edition:sacme', { ...edition, days: '2027-03-14 to 2027-03-17' })
    const press = async (actor: Actor, act: Press, at?: Instant) => {
      const reply = await world.press(act, at, actor)
      fits(reply)
      return reply
    }
    const join = async (actor: Actor, track: string, answers: object = {}, at?: Instant) => {
      await press(actor, { do: 'track.choose', track }, at)
      const usual = {
        name: actor.name!,
        interest: 'outcomes in rural practice',
        details: '',
        shows: ['track', 'interest'],
      }
      const reply = await world.submit('meet:e1', { ...usual, ...answers }, at, actor)
      fits(reply)
      return reply
    }
    const got = (actor: Actor) =>
      world.sent
        .filter(({ to, card }) => to === actor.user && /meet/i.test(card.title))
        .map(({ at, card }) => `${at} ${card.title}`)
    const last = (actor: Actor) => plain(world.sent.filter(({ to }) => to === actor.user).at(-1)!.card)
    return { ...world, db, press, join, got, last }
  }

  test('two who ask for it are introduced two weeks before, told why, and asked three days later', async () => {
    const { db, press, join, until, got, last, sent } = await open()
    const card = words(await press(ana, { do: 'meet', name: 'sacme' }))
    expect(card).toContain('Nothing goes to sponsors, exhibitors or companies.')
    expect(await press(ana, { do: 'meet.form', edition: 'e1' })).toMatchObject({
      ask: { id: 'meet:e1', fields: [{ value: 'Ana' }, {}, {}, {}] },
    })
    expect(await join(ana, 'program', { name: '' })).toMatchObject({ refuse: 'bad-answer', fields: { name: /Write/ } })
    expect(words(await join(ana, 'program', { details: 'Ask me at poster 7', shows: ['interest'] }))).toContain(
      'Shown: your name and your interest',
    )
    await join(ben, 'edtech', { details: 'Second row, blue folder', shows: ['track', 'interest', 'details'] })
    const coming = (await upcoming(db.read, MONDAY, FIRST_DAY, knowledge)).filter(
      ({ what }) => what === 'introductions',
    )
    expect(coming).toMatchObject([{ at: ROUND, to: expect.arrayContaining(['user:ana', 'user:ben']), readers: 2 }])
    await until('2027-03-10T00:00:00.000Z')
    expect(got(ana)).toEqual([`${ROUND} SACME 2027: meet Ben`, '2027-03-03T16:00:00.000Z Did you meet Ben?'])
    const toAna = plain(sent.find(({ to, card }) => to === 'ana' && card.title.includes('meet Ben'))!.card)
    expect(toAna).toContain('Ben (here: ben)')
    expect(toAna).toContain('Second row, blue folder')
    expect(toAna).toContain('Why you: you work in different tracks, and you named “outcome”, “rural” and “practice”.')
    const toBen = plain(sent.find(({ to, card }) => to === 'ben' && card.title.includes('meet Ana'))!.card)
    expect(toBen).toContain('outcomes in rural practice')
    expect(toBen).not.toMatch(/poster 7|Program/)
    expect(last(ana)).toContain('Find me someone else')
    // The ledger itself names nobody.
    const { deliveries } = await listDeliveries(db.read, { space: 'try', limit: 100 })
    const stored = JSON.stringify(deliveries.filter(({ key }) => key.startsWith('introduction/')))
    expect(stored).not.toMatch(/Ana|Ben|rural|folder/)
  })

  test('nobody is introduced at night, whatever the round', async () => {
    const { join, until, got, submit } = await open()
    await join(ana, 'program')
    await join(cleo, 'edtech')
    await join(dora, 'edtech')
    // Whoever set quiet hours for this meeting has those.
    const quiet = { kinds: 'abstracts', days: '', minutes: '', zone: 'Europe/Brussels', quiet: '12:00-19:00' }
    await submit('follow:edition/e1', quiet, undefined, dora)
    await until('2027-03-02T00:00:00.000Z')
    expect(got(cleo)).toEqual([expect.stringContaining('2027-02-28T23:00:00.000Z SACME 2027: meet ')])
    expect(got(dora)).toEqual([expect.stringContaining('2027-02-28T18:00:00.000Z SACME 2027: meet ')])
    expect(got(ana)).toEqual([expect.stringContaining(`${ROUND} SACME 2027: meet `)])
  })

  test('an odd number makes one trio, a round of a moderator makes new pairs, and nobody meets the same one twice', async () => {
    const { db, press, join, until } = await open()
    const five = ['ana', 'ben', 'cleo', 'dan', 'eva'].map((user) => person(user))
    for (const [i, actor] of five.entries()) await join(actor, ['program', 'edtech'][i % 2]!)
    expect(await press(ana, { do: 'meet.round', edition: 'e1' })).toMatchObject({ refuse: 'moderators-only' })
    expect(words(await press(moderator, { do: 'meet.round', edition: 'e1' }))).toContain('5 members get a message each')
    await until('2027-03-15T00:00:00.000Z')
    expect((await roundsHeld(db.read, 'e1')).map(({ round, people }) => [round, people])).toEqual([
      ['now-1', 5],
      ['two-weeks-before', 4],
      ['first-day', expect.any(Number)],
    ])
    const parties = Map.groupBy(await introducedAt(db.read, 'e1'), ({ round, party }) => `${round} ${party}`)
    const pairs = [...parties.values()].flatMap((party) =>
      party.flatMap(({ member: a }, i) => party.slice(i + 1).map(({ member: b }) => [a, b].sort().join())),
    )
    expect(new Set(pairs).size).toBe(pairs.length)
    expect([...parties.values()].map(({ length }) => length).every((size) => size === 2 || size === 3)).toBe(true)
    expect(words(await press(moderator, { do: 'meet', edition: 'e1' }))).toContain(
      '5 want to meet people, 5 were introduced',
    )
  })

  test('leaving is one press: what waits is taken back, and the other one is not told of somebody who has gone', async () => {
    const { db, press, join, until, got, tick } = await open()
    await join(ana, 'program')
    await join(cleo, 'edtech', { details: 'Secret garden' })
    await tick(ROUND)
    expect(got(ana)).toHaveLength(1)
    expect(words(await press(ana, { do: 'meet.leave', edition: 'e1' }, ROUND))).toContain('You left introductions')
    expect((await introductionsAt(db.read, 'e1')).map(({ name }) => name)).toEqual(['Cleo'])
    await until('2027-03-20T00:00:00.000Z')
    expect(got(ana)).toHaveLength(1)
    expect(got(cleo)).toEqual([])
    // Who joins again is not introduced to the same one again.
    await join(ana, 'program', {}, '2027-03-20T00:00:00.000Z')
    expect(words(await press(moderator, { do: 'meet.round', edition: 'e1' }))).toContain('nobody to introduce')
  })

  test('two who want somebody else get each other at once; who got no answer, somebody who answers', async () => {
    const { db, press, join, until, got } = await open()
    const four = ['ana', 'ben', 'cleo', 'dan'].map((user) => person(user))
    for (const actor of four) await join(actor, 'program')
    await press(moderator, { do: 'meet.round', edition: 'e1' })
    await until('2027-02-19T00:00:00.000Z')
    const rows = await introducedAt(db.read, 'e1')
    const ids = (await introductionsAt(db.read, 'e1')).map(({ member, name }) => ({ member, user: name.toLowerCase() }))
    const userOf = (member: string) => ids.find((one) => one.member === member)!.user
    const parties = [...Map.groupBy(rows, ({ party }) => party).values()].map((party) =>
      party.map(({ member }) => userOf(member)),
    )
    const [one, two] = [parties[0]![0]!, parties[1]![0]!]
    const other = (user: string) => person(user)
    const answer = (user: string, said: string) =>
      press(other(user), { do: 'met', edition: 'e1', round: 'now-1', answer: said })
    expect(words(await answer(one, 'other'))).toContain('as soon as there is one')
    expect(words(await answer(two, 'other'))).toContain('on its way to you')
    await until('2027-02-19T20:00:00.000Z')
    expect(got(other(one)).at(-1)).toContain(`meet ${two.charAt(0).toUpperCase()}${two.slice(1)}`)
    expect(words(await answer(parties[0]![1]!, 'yes'))).toContain('Good to hear')
    expect(await answer('nobody', 'yes')).toMatchObject({ refuse: 'gone' })
    expect(await answer(one, 'perhaps')).toMatchObject({ refuse: 'gone' })
  })

  test('who else is here is told by track, and only to those who let themselves be shown', async () => {
    const { press } = await open()
    await press(ana, { do: 'track.choose', track: 'program' })
    await press(ana, { do: 'present.join', edition: 'e1' })
    const before = words(await press(ben, { do: 'present' }))
    expect(before).toContain('One member has said so')
    expect(before).not.toContain('Ana')
    const shown = words(await press(ben, { do: 'present.join', edition: 'e1' }))
    expect(shown).toContain('Program Developers: Ana')
    expect(words(await press(ana, { do: 'present', edition: 'e1' }))).toContain('No track chosen: Ben')
    await press(ben, { do: 'present.leave', edition: 'e1' })
    expect(words(await press(ana, { do: 'present', edition: 'e1' }))).not.toContain('Ben')
  })

  test('the list of who else is here goes on with More, and says how many more there are', async () => {
    const { press } = await open()
    await press(ana, { do: 'present.join', edition: 'e1' })
    for (let n = 10; n < 53; n++)
      await press({ ...ben, user: `m${n}`, name: `Member ${n}` }, { do: 'present.join', edition: 'e1' })
    const first = words(await press(ana, { do: 'present', edition: 'e1' }))
    expect(first).toContain('Member 10, Member 11')
    expect(first).toContain('Member 49\n\nAnd 3 more.')
    const rest = words(await press(ana, { do: 'present', edition: 'e1', from: 40 }))
    expect(rest).toContain('No track chosen: Member 50, Member 51, Member 52')
    expect(rest).not.toMatch(/And \d+ more|Member 49/)
    for (const from of [-5, 43, 2 ** 31 - 1])
      expect(words(await press(ana, { do: 'present', edition: 'e1', from }))).toBe(first)
  })

  test('the clock of the try-out goes back over introductions; a meeting that is long over ends them', async () => {
    const { db, join, until, press } = await open()
    await join(ana, 'program')
    await join(ben, 'edtech')
    await until('2027-03-04T00:00:00.000Z')
    await press(ana, { do: 'met', edition: 'e1', round: 'two-weeks-before', answer: 'yes' })
    expect(await introducedAt(db.read, 'e1')).toHaveLength(2)
    await until('2027-05-01T00:00:00.000Z')
    expect(await introductionsAt(db.read, 'e1')).toEqual([])
    await inTx(db, (tx) => rewind(tx, MONDAY))
    expect(await introducedAt(db.read, 'e1')).toEqual([])
    expect(await roundsHeld(db.read, 'e1')).toEqual([])
    expect(await introductionsAt(db.read, 'e1')).toHaveLength(2)
  })

  test('where several meetings may be meant, one is asked for', async () => {
    const { press, enter } = await open()
    await enter('plan.edition:game', { name: 'GAME 2027', zone: 'UTC', href: 'https://example.org' })
    expect(words(await press(ana, { do: 'meet' }))).toContain('Which meeting?')
    expect(words(await press(ana, { do: 'meet', name: 'GAME' }))).toContain('GAME 2027')
    expect(words(await press(ana, { do: 'meet', name: 'nothing of ours' }))).toContain('Which meeting?')
    expect(await press(ana, { do: 'meet', edition: 'e99' })).toMatchObject({ refuse: 'gone' })
    expect(await press(ana, { do: 'ask', text: 'Why?' })).toMatchObject({
      ask: { id: 'ask', fields: [{ name: 'edition' }, {}, {}] },
    })
  })
})
