import { type Actor, type Answers, DAY, MINUTE, plus } from '@cme-commons/core'
import {
  addSuggestion,
  addToken,
  companyOf,
  type Db,
  documentsOf,
  findMember,
  giveRole,
  inTx,
  progressOfMember,
  rolesOf,
  rolesOfMember,
  suggestionsOf,
  tokensOfMember,
} from '@cme-commons/db'
import { expect, test } from 'vitest'
import { hypertension } from '../../packages/core/src/onboarding/fixtures/good-assessments.ts'
import { hypertensionActivity } from '../../packages/core/src/onboarding/fixtures/mock-activity.ts'
import { activityAnswers, needsAnswers } from '../support/answers.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { onDiscord, onSlack, onTry, threeSpaces, words } from '../support/two-sides.ts'
import { entry, titleOf } from '../support/world.ts'

/** Monday, 23 November 2026, 10:00 in New York. */
const NOW = '2026-11-23T15:00:00.000Z'
const NEXT_MONDAY_8 = '2026-11-30T13:00:00.000Z'

/** What is counted of steps is what is there. */
async function counted(db: Db) {
  const counts = await db.read.selectFrom('step_counts').selectAll().where('members', '<>', 0).execute()
  const steps = await db.read.selectFrom('step_progress').select(['space', 'step', 'done_at']).execute()
  const begun = await db.read.selectFrom('onboardings').select('space').execute()
  const sum = (list: readonly { space: string; step: string; members?: number }[]) => {
    const all: Record<string, number> = {}
    for (const { space, step, members = 1 } of list) all[`${space}/${step}`] = (all[`${space}/${step}`] ?? 0) + members
    return all
  }
  expect(sum(counts)).toEqual(sum([...steps, ...begun.map(({ space }) => ({ space, step: '' }))]))
}

describeEachDatabase((fresh) => {
  async function world() {
    const spaces = await threeSpaces(await (await fresh()).open(), NOW)
    const submit = (actor: Actor, list: readonly { form: string; answers: Answers }[], at: string) =>
      list.reduce(
        (before, one) => before.then(() => spaces.press(actor, { do: 'form.submit', ...one }, at)),
        Promise.resolve<unknown>(undefined),
      )
    const read = (actor: Actor, step: string, at: string) => spaces.act(actor, { do: 'step', step }, at)
    const stepsOf = async (actor: Actor) =>
      (await progressOfMember(spaces.db.read, (await spaces.member(actor))!)).steps
        .map(({ step, space }) => `${space}/${step}`)
        .sort()
    const unlink = (actor: Actor, keep: 'here' | 'there', at: string) =>
      spaces.act(actor, { do: 'unlink.confirm', keep }, at)
    return { ...spaces, submit, read, stepsOf, unlink }
  }

  test('unlinked, one side keeps everything and the other has what it had before; both are told', async () => {
    const { db, act, read, link, member, stepsOf, tick, unlink } = await world()
    await act(onSlack, { do: 'track.choose', track: 'program' }, NOW)
    await read(onSlack, 'fundamentals', NOW)
    await act(onDiscord, { do: 'track.choose', track: 'academic' }, NOW)
    await read(onDiscord, 'communities', NOW)
    const was = { slack: await member(onSlack), discord: await member(onDiscord) }
    await link(onSlack, onDiscord, 'there', NOW)
    await read(onDiscord, 'fundamentals', plus(NOW, MINUTE))
    const asked = words(await act(onDiscord, { do: 'unlink' }, plus(NOW, DAY)))
    expect(asked).toContain('One side keeps everything')
    expect(asked).toContain('[ Unlink; keep it here ] [ Unlink; keep it in Northern society (Slack) ] [ Stay linked ]')
    const said = words(await unlink(onDiscord, 'there', plus(NOW, DAY)))
    expect(said).toContain('What was made while you were linked stays in Northern society (Slack)')
    expect(await member(onDiscord)).toBe(was.discord)
    expect(await member(onSlack)).toBe(was.slack)
    expect(await stepsOf(onDiscord)).toEqual(['G1/communities'])
    expect(await stepsOf(onSlack)).toEqual(['T1/communities', 'T1/fundamentals'])
    expect((await findMember(db.read, 'G1', '801'))?.track).toBe('academic')
    expect((await findMember(db.read, 'T1', 'USARA'))?.track).toBe('program')
    await counted(db)
    const told = await tick(plus(NOW, DAY + MINUTE))
    expect(told.map(({ space, title }) => `${space}: ${title}`).sort()).toEqual([
      'T1: A link of yours has ended',
      'T1: You are linked with another community',
    ])
    expect(await db.read.selectFrom('linked').selectAll().execute()).toEqual([])
    expect(titleOf(await act(onSlack, { do: 'unlink' }, NOW))).toBe('You are not linked')
    expect(await unlink(onDiscord, 'here', NOW)).toMatchObject({ refuse: 'nothing-yet' })
  })

  test('it is kept here when she says so; who leaves is no newcomer again, and can be linked again', async () => {
    const { db, act, read, link, member, stepsOf, tick, unlink } = await world()
    await act(onSlack, { do: 'path.start' }, NOW)
    await read(onSlack, 'fundamentals', NOW)
    await act(onDiscord, { do: 'news' }, NOW)
    await link(onSlack, onDiscord, 'there', NOW)
    await read(onDiscord, 'communities', NOW)
    await unlink(onDiscord, 'here', plus(NOW, DAY))
    expect(await stepsOf(onDiscord)).toEqual(['G1/communities', 'G1/fundamentals'])
    expect(await stepsOf(onSlack)).toEqual(['T1/fundamentals'])
    await counted(db)
    const later = [...(await tick(plus(NOW, 2 * DAY))), ...(await tick(plus(NOW, 4 * DAY)))]
    expect(later.filter(({ title }) => title.includes('next step') || title.startsWith('Welcome'))).toEqual([])
    expect((await companyOf(db.read, (await member(onDiscord))!))?.address).toBe('user:801')
    expect((await companyOf(db.read, (await member(onSlack))!))?.address).toBe('user:USARA')
    await link(onDiscord, onSlack, 'here', plus(NOW, 5 * DAY))
    expect(await member(onDiscord)).toBe(await member(onSlack))
    await counted(db)
  })

  test('what waits for review goes with its community, its text stays as a copy, and the other text comes back', async () => {
    const { db, act, press, submit, link, say, member, tick, unlink } = await world()
    const mentor: Actor = { space: 'T1', user: 'UMENTOR', mentor: true }
    await submit(onSlack, needsAnswers(hypertension), NOW)
    await submit(onSlack, activityAnswers(hypertensionActivity, hypertension), NOW)
    await press(onSlack, { do: 'activity.submit' }, NOW)
    await submit(onDiscord, needsAnswers(hypertension).slice(0, 1), NOW)
    await link(onSlack, onDiscord, 'here', NOW)
    await unlink(onDiscord, 'here', plus(NOW, DAY))
    const kinds = async (actor: Actor) =>
      (await documentsOf(db.read, (await member(actor))!)).map(
        ({ kind, space, state, set_aside_at }) => `${kind} ${space} ${state}${set_aside_at ? ' aside' : ''}`,
      )
    expect((await kinds(onSlack)).sort()).toEqual(['activity T1 submitted', 'needs T1 ready'])
    expect((await kinds(onDiscord)).sort()).toEqual(['activity G1 draft', 'needs G1 draft aside', 'needs G1 ready'])
    expect(words(await say(mentor, 'reviews', NOW))).toContain('Sara Kim')
    await submit(
      mentor,
      [{ form: 'reviews.rate:rev1:1', answers: { comment: 'Say who extracts the data.' } }],
      plus(NOW, DAY),
    )
    await act(mentor, { do: 'reviews.return', review: 'rev1' }, plus(NOW, DAY))
    const told = (await tick(plus(NOW, 2 * DAY))).filter(({ title }) => title.startsWith('MOCK'))
    expect(told.filter(({ to }) => to !== 'moderators').map(({ space, to }) => `${space}/${to}`)).toEqual(['T1/USARA'])
  })

  test('each side has its own digest again, behind what it was told; one that was started since stays with who keeps it', async () => {
    const { db, act, publish, tick, link, unlink } = await world()
    await publish([entry(0)], NOW)
    await act(onSlack, { do: 'digest.start' }, NOW)
    await link(onSlack, onDiscord, 'here', NOW)
    await publish([entry(1)], plus(NOW, MINUTE))
    const first = await tick(NEXT_MONDAY_8)
    expect(first.filter(({ card }) => JSON.stringify(card).includes('rule 1 ')).map(({ space }) => space)).toEqual([
      'G1',
    ])
    await unlink(onDiscord, 'there', plus(NEXT_MONDAY_8, MINUTE))
    await publish([entry(2)], plus(NEXT_MONDAY_8, 2 * MINUTE))
    const next = await tick(plus(NEXT_MONDAY_8, 7 * DAY))
    const digests = next.filter(({ card }) => JSON.stringify(card).includes('rule 2 '))
    expect(digests.map(({ space }) => space)).toEqual(['T1'])
    expect(JSON.stringify(digests)).not.toContain('rule 1 ')
    expect(titleOf(await act(onDiscord, { do: 'digest' }, NOW))).toBe('You have no digest yet')
    const rows = await db.read.selectFrom('subscriptions').select(['space', 'paused']).execute()
    expect(rows).toEqual([{ space: 'T1', paused: 0 }])
  })

  test('roles, suggestions and keys to the API stay with their community, whoever leaves', async () => {
    const { db, act, link, member, unlink } = await world()
    for (const actor of [onSlack, onDiscord]) await act(actor, { do: 'home' }, NOW)
    await inTx(db, async (tx) => {
      for (const { space, user } of [onSlack, onDiscord]) {
        const { id } = (await findMember(tx, space, user))!
        await giveRole(tx, { space, member: id, role: 'mentor' }, NOW)
        const rights = { scopes: 'progress', made_by: 'test', made_at: NOW, expires_at: plus(NOW, DAY) }
        await addToken(tx, { space, member: id, hash: space, ...rights })
        await addSuggestion(tx, {
          space,
          member: id,
          href: 'https://example.org/',
          link: space,
          title: 'A page',
          why: 'x',
          at: NOW,
        })
      }
    })
    await link(onSlack, onDiscord, 'here', NOW)
    const one = (await member(onDiscord))!
    expect(await rolesOf(db.read, 'T1', one)).toEqual(['mentor'])
    expect((await tokensOfMember(db.read, one)).length).toBe(2)
    await unlink(onDiscord, 'there', NOW)
    for (const actor of [onSlack, onDiscord]) {
      const id = (await member(actor))!
      const of = [await rolesOfMember(db.read, id), await tokensOfMember(db.read, id), await suggestionsOf(db.read, id)]
      expect(of.map((rows) => rows.map(({ space }) => space))).toEqual(Array(3).fill([actor.space]))
    }
  })

  test('of three, the one on which she says it leaves; the others stay one', async () => {
    const { act, link, member, stepsOf, read, unlink, tick } = await world()
    await read(onTry, 'fundamentals', NOW)
    await link(onSlack, onDiscord, 'here', NOW)
    await link(onDiscord, onTry, 'here', NOW)
    await read(onSlack, 'communities', NOW)
    await tick(NOW)
    expect(words(await act(onTry, { do: 'unlink' }, NOW))).toContain('[ Leave the others ] [ Stay linked ]')
    await unlink(onTry, 'here', NOW)
    expect(await member(onSlack)).toBe(await member(onDiscord))
    expect(await member(onTry)).not.toBe(await member(onSlack))
    expect(await stepsOf(onTry)).toEqual(['try/fundamentals'])
    expect((await stepsOf(onSlack)).map((at) => at.split('/')[1]).sort()).toEqual(['communities', 'fundamentals'])
    expect((await tick(NOW)).map(({ space }) => space).sort()).toEqual(['G1', 'T1'])
    const home = words(await act(onSlack, { do: 'link' }, NOW))
    expect(home).toMatch(/What comes unasked comes to (?:Northern society|CME colleagues)/)
  })

  test('two identities of one community are linked and parted like any others', async () => {
    const { db, act, link, member, stepsOf, read, unlink, tick } = await world()
    const other: Actor = { space: 'try', user: 'sara-too', name: 'Sara Too' }
    await read(onTry, 'fundamentals', NOW)
    await read(other, 'communities', NOW)
    await inTx(db, async (tx) => {
      for (const { space, user } of [onTry, other])
        await giveRole(tx, { space, member: (await findMember(tx, space, user))!.id, role: 'mentor' }, NOW)
    })
    await link(onTry, other, 'here', NOW)
    expect(await rolesOf(db.read, 'try', (await member(other))!)).toEqual(['mentor'])
    await act(onTry, { do: 'digest.start' }, NOW)
    expect(titleOf(await act(other, { do: 'digest' }, NOW))).toBe('Your digest')
    await unlink(onTry, 'there', NOW)
    expect(await stepsOf(onTry)).toEqual(['try/fundamentals'])
    expect(await stepsOf(other)).toEqual(['try/communities', 'try/fundamentals'])
    for (const actor of [onTry, other])
      expect(await rolesOf(db.read, 'try', (await member(actor))!)).toEqual(['mentor'])
    await counted(db)
    await tick(NOW)
  })

  test('unlinked on both sides at the same moment, it ends once', async () => {
    const { db, act, press, read, link, member } = await world()
    await read(onSlack, 'fundamentals', NOW)
    await act(onDiscord, { do: 'digest.start' }, NOW)
    await link(onSlack, onDiscord, 'here', NOW)
    const replies = await Promise.all([
      press(onSlack, { do: 'unlink.confirm', keep: 'here' }, NOW),
      press(onDiscord, { do: 'unlink.confirm', keep: 'here' }, NOW),
      press(onDiscord, { do: 'step', step: 'communities' }, NOW),
    ])
    expect(replies.slice(0, 2).map(titleOf).sort()).toEqual(['Unlinked', 'You are not linked'])
    expect(await member(onSlack)).not.toBe(await member(onDiscord))
    await counted(db)
  })
})
