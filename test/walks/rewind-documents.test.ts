import { rewind } from '@cme-commons/app'
import { DAY, plus } from '@cme-commons/core'
import { inTx, tryMessages } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { START, tryHouse } from '../support/try-house.ts'
import { type WalkStep, walkParts, whatIsKept } from '../support/whole-walk.ts'
import { knowledge, moderator, sara, titleOf, worldOn } from '../support/world.ts'

const MONDAY = '2026-11-23T15:00:00.000Z'
const TUESDAY = plus(MONDAY, DAY)
const WEDNESDAY = plus(TUESDAY, DAY)
const parts = walkParts(knowledge.onboarding)
const written = [parts.arrival, parts.fundamentals, parts.steps, parts.halfFilled, parts.needs].flat()
const handedIn = [parts.draft, parts.handIn].flat()
const decided = [parts.sentBack, parts.mended, parts.rated, parts.approved].flat()

describeEachDatabase((fresh) => {
  const open = async () => {
    const world = await worldOn(await (await fresh()).open(), MONDAY)
    const walk = async (steps: readonly WalkStep[], now: string) => {
      for (const { who, action } of steps) await world.press(who, action, now)
    }
    const back = (now: string) => inTx(world.db, (tx) => rewind(tx, now))
    const states = async () => {
      const { documents, reviews } = await whatIsKept(world.db)
      const of = (rows: string[], name: string) => rows.map((row) => JSON.parse(row)[name])
      return { documents: of(documents, 'state'), reviews: of(reviews, 'decision') }
    }
    const changed = async () =>
      (await world.db.read.selectFrom('documents').select('changed_at').execute()).map((row) => row.changed_at)
    return { ...world, walk, back, states, changed }
  }

  test('what was decided later waits again as it was handed in, and the walk ends as it did the first time', async () => {
    const { db, walk, back, states, changed, sent } = await open()
    await walk(written, MONDAY)
    await walk(handedIn, MONDAY)
    const monday = await whatIsKept(db)
    await walk(decided, TUESDAY)
    const tuesday = await whatIsKept(db)
    expect(await states()).toEqual({ documents: ['approved', 'ready'], reviews: ['returned', 'approved'] })

    await back(plus(MONDAY, 60_000))
    const again = await whatIsKept(db)
    expect(await states()).toEqual({ documents: ['submitted', 'ready'], reviews: [null] })
    expect({ ...again, members: [], reviews: [] }).toEqual({ ...monday, members: [], reviews: [] })
    expect((await changed()).every((at) => at <= plus(MONDAY, 60_000))).toBe(true)
    expect((await sent()).map(({ key }) => key)).toEqual(['review/rev1/moderators'])

    const numbered = JSON.parse(JSON.stringify(decided).replaceAll('rev2', 'rev3')) as WalkStep[]
    await walk(numbered, TUESDAY)
    const numbers = JSON.parse(JSON.stringify(tuesday).replaceAll('rev2', 'rev3'))
    expect(await whatIsKept(db)).toEqual(numbers)
  })

  test('a draft begun later is gone; a needs assessment changed later stays as it is now', async () => {
    const { db, press, walk, back, states, changed, sent } = await open()
    await walk(parts.arrival, MONDAY)
    await walk(parts.fundamentals, MONDAY)
    await walk(parts.needs.slice(0, 3), MONDAY)
    await walk([...parts.steps, ...parts.needs], TUESDAY)
    await walk([...handedIn, ...decided], WEDNESDAY)
    await back(plus(MONDAY, 60_000))
    expect(await states()).toEqual({ documents: ['ready'], reviews: [] })
    expect(await changed()).toEqual([plus(MONDAY, 60_000)])
    expect(await sent()).toEqual([])
    const steps = (await whatIsKept(db)).steps.map((row) => JSON.parse(row)).filter(({ done }) => done)
    expect(steps.map(({ step }) => step)).toEqual(['fundamentals'])
    expect(titleOf(await press(sara, { do: 'activity.show' }, TUESDAY))).toBe('MOCK: an activity without a title yet')
    await walk([...parts.steps, ...handedIn], TUESDAY)
    expect(titleOf(await press(moderator, { do: 'reviews' }, TUESDAY))).toBe('One mock activity waits for review')
  })

  test('drafted anew after the approval: approved again only with the text that was approved', async () => {
    const { walk, back, states } = await open()
    await walk([...written, ...handedIn, ...decided], MONDAY)
    const anew: WalkStep = { who: sara, action: { do: 'activity.reopen' } }
    await walk([anew], TUESDAY)
    await back(plus(MONDAY, 60_000))
    expect((await states()).documents).toEqual(['approved', 'ready'])
    await walk([anew, parts.draft[0]!, parts.draft.at(-1)!, { who: sara, action: { do: 'activity.submit' } }], TUESDAY)
    await back(plus(MONDAY, 60_000))
    expect(await states()).toEqual({ documents: ['draft', 'ready'], reviews: ['returned', 'approved'] })
  })

  test('a note promised before and delivered later is delivered again', async () => {
    const db = await (await fresh()).open()
    const house = await tryHouse(db)
    for (const { who, action } of [...written, ...handedIn]) await house.perform(who, action)
    const notes = async () =>
      (await tryMessages(db.read, { space: 'try', reader: 'mo', channels: ['moderators'] })).map(({ key }) => key)
    await house.moveClock(plus(START, 60_000))
    expect(await notes()).toEqual(['review/rev1/moderators'])
    await house.moveClock('real')
    await inTx(db, (tx) => rewind(tx, START))
    expect(await notes()).toEqual([])
    await house.moveClock(plus(START, 120_000))
    expect(await notes()).toEqual(['review/rev1/moderators'])
  })
})
