import { type Action, plain } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { channelWorld, on, words } from '../support/channel-world.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { moderator, sara } from '../support/world.ts'

const ONCE = 'Times are in your own time zone; the meeting and its days are on Chicago time.'
const FOLLOWS = 'This channel follows it'

describeEachDatabase((fresh) => {
  test('a time of day is told on the reader’s clock and on that of the place; a list says its zone once', async () => {
    const { openIt, press, until, inChannel, enter, sent } = await channelWorld(fresh)
    await openIt()
    await press({ do: 'going', edition: 'e1', answer: 'going' }, undefined, sara)
    await press({ do: 'follow', scope: 'edition/e1', kind: 'session' }, undefined, sara)
    await enter('plan.date:e1', {
      ...{ kind: 'hotel', title: '', status: 'confirmed', source: 'x' },
      when: '2027-03-12 17:00 ET',
    })
    const edition = await press({ do: 'edition', edition: 'e1' })
    expect(words(edition)).toContain('Opening: Sun 14 Mar 2027, 14:00 UTC to 15:00 UTC\n')
    expect(words(edition)).toContain('Hotel block closes: Fri 12 Mar 2027, 22:00 UTC (Fri 17:00 New York time)')
    expect(words(edition).split('Chicago time')).toHaveLength(2)
    expect(words(edition)).toContain(ONCE)
    expect(words(await press({ do: 'date', date: 'cd2' }))).toContain('15:00 UTC (Sun 09:00 to 10:00 Chicago time)')
    expect(words(await press({ do: 'channel.coming', edition: 'e1' }))).toContain(ONCE)

    await until('2027-03-14T14:00:00.000Z')
    const said = (title: string) => sent.findLast(({ card }) => card.title === title)!.card
    expect(plain(said('SACME 2027: Opening in 15 minutes'), 'Asia/Tokyo')).toContain(
      'Sun 14 Mar 2027, 23:00 Asia/Tokyo to 00:00 (Sun 09:00 to 10:00 Chicago time), Hall A.',
    )
    for (const title of ['SACME 2027: schedule', 'SACME 2027 today: day 1 of 3']) {
      const card = inChannel().findLast((one) => one.card.title === title)!.card
      expect(plain(card)).toContain('14:00 UTC to 15:00 UTC Opening')
      expect(plain(card, 'America/Denver')).toContain(`08:00 to 09:00 Opening`)
      expect(plain(card).split('Chicago time')).toHaveLength(2)
    }
    await enter('plan.session:cd3', {
      ...{ title: 'Outcomes', status: 'confirmed', source: 'programme', place: 'Hall A' },
      when: '2027-03-15 22:00 to 2027-03-16 00:30',
    })
    await until('2027-03-14T15:00:00.000Z')
    const moved = plain(said('Moved: SACME 2027: Outcomes'))
    expect(moved).toContain('(Mon 11:00 to 12:00 Chicago time)\nIs now: Tue 16 Mar 2027, 03:00 UTC')
    expect(moved).toContain('(Mon 22:00 to Tue 00:30 Chicago time)')
  })

  test('a channel is offered to follow something only where there is one', async () => {
    const { perform, now } = await channelWorld(fresh)
    const { channel: _, ...alone } = moderator
    const here = { ...alone, channel: 'hall' }
    for (const show of [
      { do: 'edition', edition: 'e1' },
      { do: 'conference', conference: 'sacme' },
      { do: 'going', edition: 'e1', answer: 'maybe' },
    ] satisfies Action[]) {
      expect(words(await perform(alone, show, now()))).not.toContain(FOLLOWS)
      expect(words(await perform(here, show, now()))).toContain(FOLLOWS)
      expect(words(await perform({ ...sara, channel: 'hall' }, show, now()))).not.toContain(FOLLOWS)
    }
    const shown = await perform(here, { do: 'edition', edition: 'e1' }, now())
    // A card of a channel that was kept, pressed where there is none.
    expect(await perform(alone, on(shown, FOLLOWS), now())).toMatchObject({ refuse: 'not-complete' })
    expect(words(await perform(here, on(shown, FOLLOWS), now()))).toContain('This channel is reminded of its dates')
  })
})
