import type { Card, Press } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { CHANNEL, channelWorld, on, pressOn, words } from '../support/channel-world.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { sara, titleOf } from '../support/world.ts'

const END = 'archive.2027-04-15'
const ASKED = 'Close the channel of SACME 2027 now?'
const decide = (item: string, to: string): Press => ({ do: 'channel.decide', edition: 'e1', item, to })

describeEachDatabase((fresh) => {
  test('closing a channel now is asked about first; one press goes back, the other closes it once', async () => {
    const { openIt, press, tick, now, row, done } = await channelWorld(fresh)
    await openIt()
    const item = await press({ do: 'channel.item', edition: 'e1', item: END })
    const asked = await press(on(item, 'Close the channel now'))
    expect(titleOf(asked)).toBe(ASKED)
    expect(words(asked)).toMatch(/nobody can write in #sacme-2027[\s\S]*By itself it closes Thu 15 Apr 2027, 14:00 UTC/)
    expect(words(asked)).toContain('(Thu 09:00 Chicago time)')
    await tick(now())
    expect(titleOf(await press(on(asked, 'Keep it open')))).toBe('SACME 2027: its channel')
    await tick(now())
    expect((await row()).state).toBe('open')

    expect(await press(on(asked, 'Close it now'), now(), sara)).toMatchObject({ refuse: 'moderators-only' })
    expect(words(await press(on(asked, 'Close it now')))).toContain('It is being closed.')
    await press(on(asked, 'Close it now'))
    await tick(now())
    expect((await row()).state).toBe('archived')
    const closed = done.filter(({ work }) => 'archive' in work)
    expect(words(await press(on(asked, 'Close it now')))).toContain('It is closed already.')
    expect(words(await press(on(item, 'Close the channel now')))).toContain('It is closed already.')
    await tick('2027-04-20T15:00:00.000Z')
    expect(done.filter(({ work }) => 'archive' in work)).toEqual(closed)
    expect(closed).toHaveLength(1)
  })

  test('a card about another closing day, another channel or another thing closes nothing', async () => {
    const { openIt, press, submit, tick, now, row, sent } = await channelWorld(fresh)
    await openIt()
    const asked = ((await press(decide(END, 'now'))) as { say: Card }).say
    await submit('channel.plan:e1', { topic: 'Anew', archive: '2027-05-01' })
    expect(words(await press(pressOn(asked, 'Close it now')))).toContain('not to come any more')
    await submit('channel.plan:e1', { topic: 'Anew', archive: '2027-04-15' })
    for (const to of ['close', 'close.', 'close.2', 'close.1 ', 'CLOSE.1']) await press(decide(END, to))
    expect(titleOf(await press(decide(END, 'close.2')))).toBe(ASKED)
    const before = sent.length
    await press(decide('morning.2027-03-14', 'close.1'))
    await tick(now())
    expect((await row()).state).toBe('open')
    expect(sent.slice(before).map(({ card }) => card.title)).not.toContain('SACME 2027 today: day 1 of 3')
    expect(CHANNEL).toBe((await row()).channel)
  })
})
