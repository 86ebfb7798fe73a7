import { readFileSync } from 'node:fs'
import { myData, platformOf, settled, unpacker } from '@cme-commons/app'
import { encodeAction, overCard, overForm, type Press, plain, type Reply, UNEDITED } from '@cme-commons/core'
import {
  addConsoleSession,
  addIntroduced,
  addItems,
  addOffer,
  addQuestion,
  addStar,
  addToken,
  addTry,
  addVote,
  audit,
  type Db,
  decideDate,
  erasedCounts,
  findMember,
  finishStep,
  giveRole,
  inTx,
  nextValues,
  post,
  putAttendee,
  putCode,
  putConsoleLink,
  putDraft,
  putEdit,
  putIntroduction,
  putNote,
  putRecap,
  reviewById,
} from '@cme-commons/db'
import { createCourier, tryDeliver } from '@cme-commons/server'
import { expect, test } from 'vitest'
import { hypertension } from '../../packages/core/src/onboarding/fixtures/good-assessments.ts'
import { hypertensionActivity } from '../../packages/core/src/onboarding/fixtures/mock-activity.ts'
import { myDataSchema } from '../../server/src/api/my-data-schema.ts'
import { tryRoutes } from '../../server/src/try/routes.ts'
import { activityAnswers, needsAnswers } from '../support/answers.ts'
import { ask } from '../support/ask-try.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { membersReferred, tracesIn } from '../support/traces.ts'
import { tryHouse } from '../support/try-house.ts'
import { knowledge } from '../support/world.ts'

const NAME = 'Perpetua Quill'
const USER = 'perpetua-quill'
const ZONE = 'Atlantic/Faroe'

/** Every column that refers to a member: its rows are deleted with her, or it is emptied. A new one has to be erased as well. */
const REFERRED = [
  'attendees.member',
  'channel_decisions.decided_by',
  'check_answers.member',
  'company.member',
  'conference_channels.opened_by',
  'date_history.changed_by',
  'documents.member',
  'drafts.member',
  'follows.member',
  'identities.member',
  'introduced.member',
  'introductions.member',
  'item_date_decisions.decided_by',
  'item_history.changed_by',
  'linked.member',
  'member_names.member',
  'onboardings.member',
  'question_votes.member',
  'questions.decided_by',
  'questions.member',
  'recaps.changed_by',
  'reviews.reviewer',
  'roles.given_by',
  'roles.member',
  'roles.taken_by',
  'sample_marks.member',
  'source_offers.member',
  'stars.starred_by',
  'step_progress.member',
  'subscriptions.member',
  'suggestions.decided_by',
  'suggestions.member',
  'tokens.member',
]

const itemRow = (at: string) => ({
  ...{ title: 'An item', text: '', link: null, published: at, seen: at, old: 1, sample: 0 },
  ...{
    topic: 'outcomes',
    body: null,
    region: 'us',
    tracks: ',,',
    action: 0,
    action_date: null,
    why: '[]',
    space: null,
  },
})

const wordsOf = (reply: Reply): string => ('say' in reply ? plain(reply.say) : '')
const fits = (reply: Reply) =>
  expect('ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))).toEqual([])

describeEachDatabase((fresh) => {
  async function started() {
    const db = await (await fresh()).open()
    await inTx(db, (tx) => nextValues(tx, 'members', 77_000))
    const house = await tryHouse(db)
    const app = tryRoutes(house)
    const call = async (path: string, body?: unknown) => {
      const answer = await ask(app, `/try/${path}`, { body })
      if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`)
      return answer.json
    }
    const say = (text: string, as = USER) => call('say', { as, text })
    const press = (act: Press, as = USER) => call('press', { as, press: encodeAction(act) })
    const submit = (form: string, answers: object, as = USER) => call('submit', { as, form, answers })
    const perform = async (act: Press, user = USER) => {
      const reply = await house.perform({ space: 'try', user, name: NAME }, act)
      fits(reply)
      return reply
    }
    await call('state')
    await call('people', { name: NAME, track: 'program', region: 'us', zone: ZONE })
    const member = async () => (await findMember(db.read, 'try', USER))?.id
    return { db, house, app, call, say, press, submit, perform, member }
  }
  type World = Awaited<ReturnType<typeof started>>

  /** Leaves something of her everywhere where the product keeps something. */
  async function live({ db, call, say, press, submit, member }: World) {
    await say('home')
    await press({ do: 'path.start' })
    await press({ do: 'digest.start' })
    const quiet = { rhythm: 'daily', at: '08:00', zone: ZONE, quiet: '23:00-05:00' }
    await submit('digest.when:s1', quiet)
    await call('say', { as: USER, channel: 'standards-news', text: '/cme what ECMEC' })
    await call('press', { as: USER, press: encodeAction({ do: 'follow', scope: 'all' }) })
    await call('say', { as: USER, channel: 'standards-news', text: 'Hello, I am new here' })
    for (const { form, answers } of needsAnswers(hypertension)) await submit(form, answers)
    for (const { form, answers } of activityAnswers(hypertensionActivity, hypertension)) await submit(form, answers)
    await press({ do: 'activity.submit' })
    const path = await press({ do: 'path' })
    const steps = JSON.stringify(path).match(/cme1:step:[a-z-]+/g)!
    for (const step of steps) await call('press', { as: USER, press: step })
    await press({ do: 'check', step: 'fundamentals' })
    await say('reviews', 'moderator')
    await press({ do: 'reviews.open', review: 'rev1' }, 'moderator')
    await call('clock', { by: 2 * 86_400 })
    const id = (await member())!
    const at = '2026-11-24T08:00:00.000Z'
    await inTx(db, async (tx) => {
      await finishStep(tx, id, 'communities', at)
      await tx
        .insertInto('check_answers')
        .values({ member: id, step: 'fundamentals', question: 'q1', chosen: 1, right: 0, at })
        .execute()
      await tx.insertInto('sample_marks').values({ member: id, sample: 'one', marked: 'a,b', at }).execute()
      await giveRole(tx, { space: 'try', member: id, role: 'mentor', by: id }, at)
      await putDraft(tx, { space: 'try', member: id, kind: 'setup', body: JSON.stringify({ by: NAME }), at })
      await putNote(tx, { platform: 'try', name: `dm/${USER}`, value: 'D1', space: 'try', member_user: USER, at })
      const rights = { space: 'try', member: id, scopes: 'progress', made_by: 'test', made_at: at, expires_at: at }
      await addToken(tx, { hash: 'h', ...rights })
      const before = JSON.stringify({ member: { name: NAME }, documents: [] })
      const linked = { space: 'try', user_id: USER, member: id, was: id, linked_at: at, home: 1, before }
      await tx.insertInto('linked').values(linked).execute()
      const person = { space: 'try', user: USER }
      await putCode(tx, person, 'hash of a code', { now: at, expires: '2026-11-24T08:10:00.000Z' })
      await addTry(tx, person, 1, { now: at, before: '' })
      const browser = { csrf: 'x', platform: 0, browser: 'Firefox on Linux', made_at: at, seen_at: at, turned_at: at }
      await addConsoleSession(tx, { hash: 'of a session', space: 'try', user_id: USER, ...browser, expires_at: at })
      const opens = { hash: 'of a link', space: 'try', user_id: USER, platform: 0, made_at: at, expires_at: at }
      await putConsoleLink(tx, opens)
      const suggestion = {
        space: 'try',
        member: id,
        href: 'https://example.org/',
        link: 'x',
        title: 'A page',
        why: NAME,
        at,
      }
      await tx
        .insertInto('suggestions')
        .values({
          id: 'sug1',
          ...suggestion,
          state: 'declined',
          decided_by: id,
          decided_at: at,
          reason: null,
          item: null,
        })
        .execute()
      const here = { edition: 'e1', space: 'try', member: id, at }
      await putIntroduction(tx, { ...here, name: `Dr ${NAME}`, interest: 'x', details: 'By the fern', shows: 'track' })
      await addIntroduced(tx, [{ ...here, round: 'now-1', party: 0 }])
      await putAttendee(tx, here)
      const asked = await addQuestion(tx, { ...here, named: 1, asked: `A question of ${NAME}` })
      await addVote(tx, { question: asked.id, space: 'try', member: id, at })
      const star = { edition: 'e1', space: 'try', question: null, text: `As ${NAME} said`, href: null, author: NAME }
      await addStar(tx, { ...star, starred_by: id, at })
      await addStar(tx, { ...star, question: asked.id, starred_by: null, at })
      const body = JSON.stringify({ opening: `Thanks to ${NAME}` })
      await putRecap(tx, { edition: 'e1', space: 'try', body, changed_by: id, changed_at: at })
      const [item] = await addItems(tx, [itemRow(at)])
      const line = { at, changed_by: id, said: null, what: 'hide', why: 'No news', before: UNEDITED }
      await putEdit(tx, { space: 'try', item: item!.id, ...UNEDITED, hidden: 1 }, line)
      await decideDate(tx, { space: 'try', item: item!.id, day: '2027-03-15', state: 'taken', decided_by: id, at })
      await addOffer(tx, { space: 'try', member: id, address: `user:${USER}`, url: 'https://example.org/', at })
      const others = (await findMember(tx, 'try', 'sara'))!
      await tx
        .insertInto('documents')
        .values({
          id: 'doc90',
          member: others.id,
          space: 'try',
          kind: 'activity',
          state: 'returned',
          body: '{}',
          made_at: at,
          changed_at: at,
        })
        .execute()
      const said = { scores: '{}', comments: '{"1":"Say who extracts the data."}' }
      await tx
        .insertInto('reviews')
        .values({
          id: 'rev90',
          document: 'doc90',
          space: 'try',
          body: '{}',
          submitted_at: at,
          ...said,
          reviewer: id,
          decision: 'returned',
          decided_at: at,
        })
        .execute()
      const lane = 'try/try'
      const card = {
        title: `Stalled: ${NAME}`,
        blocks: [{ kind: 'list' as const, items: [[`${NAME}, since Monday`], ['Ada Quillon']] }],
      }
      const list = { kind: 'message' as const, card }
      const next = '2026-12-24T08:00:00.000Z'
      await post(tx, at, [
        { key: 'list/waiting', lane, to: { space: 'try', channel: 'moderators' }, effect: list, due: next },
        {
          key: `nudge/${id}/3`,
          lane,
          to: { space: 'try', user: USER },
          effect: list,
          due: next,
          quiet: `23:00-05:00 ${ZONE}`,
        },
      ])
      await audit(tx, { at, space: 'try', actor: 'test', what: 'nothing', detail: '' })
    })
    return { id, words: [id, NAME, USER, ZONE, 'doc1', 'doc2', 'rev1'] }
  }

  const erase = ({ submit }: World, word = 'erase') => submit('my-data.erase', { word })

  test('see, save, erase: afterwards no table has her id, her name, her platform’s id or her words', async () => {
    const world = await started()
    const { db, app, perform } = world
    const { id, words } = await live(world)

    const card = wordsOf(await perform({ do: 'my-data' }))
    for (const part of [
      NAME,
      'Known in: Try (try)',
      'needs assessment (ready), mock activity (handed in); handed in once',
    ])
      expect(card).toContain(part)
    const before = await tracesIn(db, words)
    expect(Object.keys(before)).toEqual([
      'attendees',
      'audiences',
      'check_answers',
      'company',
      'console_links',
      'console_sessions',
      'deliveries',
      'documents',
      'drafts',
      'follows',
      'identities',
      'introduced',
      'introductions',
      'item_date_decisions',
      'item_history',
      'link_codes',
      'link_tries',
      'linked',
      'member_names',
      'members',
      'notes',
      'onboardings',
      'question_votes',
      'questions',
      'recaps',
      'reviews',
      'roles',
      'sample_marks',
      'source_offers',
      'stars',
      'step_progress',
      'subscriptions',
      'suggestions',
      'tokens',
      'try_messages',
    ])
    const page = readFileSync(new URL('../../docs/privacy.md', import.meta.url), 'utf8')
    for (const table of Object.keys(before)) expect(page).toContain(`\`${table}\``)
    const saved = await ask(app, `/my-data.json?as=${USER}`)
    expect(saved.headers.get('content-disposition')).toBe('attachment; filename="my-data.json"')
    const data = myDataSchema.parse(JSON.parse(saved.text))
    expect(data.member).toMatchObject({ id, name: NAME, track: 'program', region: 'us', zone: ZONE })
    const empty = Object.entries(data).filter(
      ([, value]) => value === null || (Array.isArray(value) && value.length === 0),
    )
    expect(empty).toEqual([])
    const text = await ask(app, `/my-data.md?as=${USER}`)
    for (const part of [
      '# What is kept about you',
      NAME,
      '## Needs assessment',
      '## Sent to you',
      'Say who extracts the data',
    ])
      expect(text.text).toContain(part)
    for (const path of ['/my-data.json', '/my-data.json?as=nobody', '/my-data.txt?as=sara'])
      expect((await ask(app, path)).status).toBe(404)
    expect((await ask(app, `/my-data.json?as=${USER}`, { from: '192.168.1.20' })).status).toBe(403)

    expect((await erase(world, 'yes')).reply).toMatchObject({
      refuse: 'bad-answer',
      fields: { word: expect.any(String) },
    })
    expect(await tracesIn(db, words)).toEqual(before)
    const gone = await erase(world, ' Erase ')
    expect(gone.reply.say.title).toBe('Everything about you is erased')
    expect(gone.messages).toHaveLength(1)
    expect(await tracesIn(db, words)).toEqual({})
    expect(await membersReferred(db)).toEqual(REFERRED)
  })

  test('what is left: counts, reviews of others without her name, a ledger that says only when', async () => {
    const world = await started()
    const { db } = world
    await live(world)
    const due = await db.read.selectFrom('deliveries').select('due_at').orderBy('due_at').execute()
    await erase(world)
    const counts = await erasedCounts(db.read, 'try')
    expect(counts).toContainEqual({ space: 'try', step: '', what: 'begun', count: 1 })
    expect(counts).toContainEqual({ space: 'try', step: 'communities', what: 'done', count: 1 })
    expect(await reviewById(db.read, 'rev90')).toMatchObject({
      reviewer: null,
      comments: '{"1":"Say who extracts the data."}',
    })
    expect(await db.read.selectFrom('deliveries').select('due_at').orderBy('due_at').execute()).toEqual(due)
    const rows = await db.read.selectFrom('deliveries').selectAll().where('address', '=', 'user:erased').execute()
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['done', 'withdrawn']))
    expect(new Set(rows.map(({ effect }) => effect)).size).toBe(1)
    const list = await db.read
      .selectFrom('deliveries')
      .selectAll()
      .where('key', '=', 'list/waiting')
      .executeTakeFirstOrThrow()
    expect(list.state).toBe('waiting')
    expect(list.effect).toContain('a former member, since Monday')
    expect(list.effect).toContain('Ada Quillon')
    const lines = await db.read.selectFrom('audit').select(['actor', 'what']).orderBy('seq').execute()
    expect(lines.at(-1)).toEqual({ actor: 'a member', what: 'member.erased' })
  })

  test('whoever was erased is nobody: asking changes nothing, and a new first contact begins with nothing of the old', async () => {
    const world = await started()
    const { db, perform, call, say } = world
    const { id } = await live(world)
    await erase(world)
    for (const act of ['my-data', 'my-data.read', 'my-data.erase', 'my-data.confirm'] as const)
      expect(wordsOf(await perform({ do: act }))).toContain('Nothing is kept about you')
    const again = await world.house.perform(
      { space: 'try', user: USER },
      { do: 'form.submit', form: 'my-data.erase', answers: { word: 'ERASE' } },
    )
    expect(again).toMatchObject({ say: { title: 'Nothing is kept about you' } })
    expect(await findMember(db.read, 'try', USER)).toBeUndefined()

    await call('people', { name: NAME, zone: 'UTC' })
    const home = await say('home')
    expect(home.reply.say.title).toBe(`Welcome to the CME community, ${NAME}`)
    const now = (await findMember(db.read, 'try', USER))!
    expect(now.id).not.toBe(id)
    const data = (await myData(db.read, now.id, '2026-11-30T08:00:00.000Z'))!
    expect(data).toMatchObject({ digests: [], documents: [], tokens: [], member: { track: null, region: null } })
    expect(data.onboarding).toEqual({ started: null, finished: null, steps: [], answers: [], samples: [] })
    expect(data.deliveries.filter(({ due }) => due < now.made_at)).toEqual([])
  })

  test('while it waits for review: the moderators’ queue and their old buttons find it gone', async () => {
    const world = await started()
    const { press, say } = world
    await live(world)
    expect(JSON.stringify(await say('reviews', 'moderator'))).toContain(NAME)
    await erase(world)
    expect((await say('reviews', 'moderator')).reply.say.title).toBe('No mock activity waits for review')
    for (const act of ['open', 'file', 'approve', 'return'] as const)
      expect((await press({ do: `reviews.${act}`, review: 'rev1' }, 'moderator')).reply.refuse).toBe('gone')
  })

  test('while a delivery is on its way: nothing comes back, nothing of her is written, and others get theirs', async () => {
    const world = await started()
    const { db, call } = world
    const { words } = await live(world)
    const sending = { state: 'sending' as const, lease: 'gone', lease_until: '2026-11-24T00:00:00.000Z' }
    await inTx(db, async (tx) => {
      await tx.updateTable('deliveries').set(sending).where('key', 'like', 'nudge/%').execute()
    })
    await erase(world)
    await call('clock', { by: 40 * 86_400 })
    expect(await tracesIn(db, words)).toEqual({})
    const open = await db.read
      .selectFrom('deliveries')
      .select('key')
      .where('state', 'in', ['waiting', 'sending'])
      .execute()
    expect(open).toEqual([])
    const told = await db.read
      .selectFrom('try_messages')
      .select('card')
      .where('key', '=', 'list/waiting')
      .executeTakeFirst()
    expect(told?.card).toContain('a former member')
  })

  test('a message that is being sent while she erases ends with no trace, and nobody sends it again', async () => {
    const world = await started()
    const { db } = world
    const { words } = await live(world)
    const sent: string[] = []
    const complaints: string[] = []
    const courier = createCourier({
      db,
      now: () => '2026-12-25T12:00:00.000Z',
      holder: 'test',
      deliverers: {
        try: async (parcel) => {
          sent.push('user' in parcel.to ? parcel.to.user : parcel.to.channel)
          if (sent.at(-1) === USER) await erase(world)
          return tryDeliver(db)(parcel)
        },
      },
      platformOf,
      unpack: unpacker(knowledge),
      settled,
      wake: async () => {},
      side: 1,
      log: { warn: (_, text) => complaints.push(text), error: (_, text) => complaints.push(text) },
    })
    await courier.work('try/try')
    await courier.work('try/try')
    expect(sent.filter((to) => to === USER)).toHaveLength(1)
    expect(complaints).toEqual(['an answer came after the hold was lost; it will be looked up'])
    expect(await tracesIn(db, words)).toEqual({})
    const open = await db.read.selectFrom('deliveries').select('key').where('state', '=', 'sending').execute()
    expect(open).toEqual([])
  })

  test('known in two spaces: the card says so before, and both are erased', async () => {
    const world = await started()
    const { db, perform } = world
    const { id, words } = await live(world)
    await inTx(db, async (tx) => {
      const at = '2026-11-23T08:00:00.000Z'
      await tx
        .insertInto('spaces')
        .values({
          id: 'T2',
          platform: 'slack',
          name: 'Northern society',
          zone: 'UTC',
          moderators: 'user:U2QUILL',
          made_at: at,
          left_at: null,
        })
        .execute()
      await tx.insertInto('identities').values({ space: 'T2', user: 'U2QUILL', member: id }).execute()
    })
    const told = await perform({ do: 'my-data.erase' })
    expect(wordsOf(told)).toContain(
      'You are known in 2 communities: Northern society (slack), Try (try). You are erased in all of them at once.',
    )
    await erase(world)
    expect(await tracesIn(db, [...words, 'U2QUILL'])).toEqual({})
  })

  test('pressed twice at the same moment, and beside other presses, it ends well', async () => {
    const world = await started()
    const { db, house } = world
    const { id, words } = await live(world)
    const actor = { space: 'try', user: USER, name: NAME, zone: ZONE }
    const reviewer = { space: 'try', user: 'moderator', moderator: true }
    const erasing = { do: 'form.submit' as const, form: 'my-data.erase', answers: { word: 'ERASE' } }
    const all = await Promise.all([
      house.perform(actor, erasing),
      house.perform(actor, { do: 'step', step: 'fundamentals' }),
      house.perform(actor, erasing),
      house.perform(actor, { do: 'digest.start' }),
      house.perform(actor, { do: 'activity.withdraw' }),
      house.perform(reviewer, { do: 'reviews.return', review: 'rev1' }),
      house.perform(reviewer, {
        do: 'form.submit',
        form: 'reviews.rate:rev1:1',
        answers: { comment: 'Well planned.' },
      }),
    ])
    expect(all).toHaveLength(7)
    await house.perform(actor, erasing)
    expect(await tracesIn(db, words)).toEqual({})
    expect(await lookFor(db, id)).toBe(0)
  })
})

const lookFor = async (db: Db, id: string) => Object.keys(await tracesIn(db, [id])).length
