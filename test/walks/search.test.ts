import { type Card, encodeAction, type Reply } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { entry, sara, worldOn } from '../support/world.ts'

const NOW = '2026-11-23T12:00:00.000Z'

const cardOf = (reply: Reply): Card => {
  if (!('say' in reply)) throw new Error('a form')
  return reply.say
}
const found = (reply: Reply): string[] =>
  cardOf(reply).buttons?.flatMap((button) =>
    'act' in button && button.act.do === 'news.item' ? [button.act.item] : [],
  ) ?? []

describeEachDatabase((fresh) => {
  test('a member searches the archive, turns the page and asks for the best match', async () => {
    const world = await worldOn(await (await fresh()).open(), NOW)
    await world.publish(
      Array.from({ length: 8 }, (_, i) =>
        entry(i + 1, { text: i === 2 ? 'Mitigation, mitigation.' : 'On mitigation of roles.' }),
      ),
      NOW,
    )
    const first = await world.say(sara, 'search mitigation', NOW)
    expect(found(first)).toEqual(['i8', 'i7', 'i6', 'i5', 'i4'])
    const older = cardOf(first).buttons?.find(({ label }) => label === 'Older')
    if (!older || !('act' in older)) throw new Error('no older')
    expect(found(await world.press(sara, older.act, NOW))).toEqual(['i3', 'i2', 'i1'])
    const best = cardOf(first).buttons?.find(({ label }) => label === 'Best match first')
    if (!best || !('act' in best)) throw new Error('no best')
    expect(found(await world.press(sara, best.act, NOW))[0]).toBe('i3')
    expect(found(await world.say(sara, 'search "mitigation mitigation"', NOW))).toEqual(['i3'])
    expect(found(await world.say(sara, 'search mitig* topic:standards since:2026-11-23 -roles', NOW))).toEqual(['i3'])
  })

  test('whoever asks for nothing learns how; an unknown filter is named; long words leave no broken button', async () => {
    const world = await worldOn(await (await fresh()).open(), NOW)
    await world.publish([entry(1, { text: `On ${'word '.repeat(40)}` })], NOW)
    expect(cardOf(await world.say(sara, 'search', NOW)).title).toBe('Search the news')
    expect(cardOf(await world.say(sara, 'search body:accme', NOW)).title).toBe('Search the news')
    expect(await world.say(sara, 'search rule topic:gardening', NOW)).toMatchObject({ refuse: 'unknown-name' })
    expect(await world.say(sara, 'search rule since:soon', NOW)).toMatchObject({ refuse: 'unknown-name' })
    expect(found(await world.say(sara, 'search gardening', NOW))).toEqual([])
    const long = cardOf(await world.say(sara, `search ${'word '.repeat(40)}`, NOW))
    for (const button of long.buttons ?? [])
      if ('act' in button) expect(encodeAction(button.act).length).toBeLessThanOrEqual(100)
  })
})
