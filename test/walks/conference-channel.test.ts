import { amiss, upcoming } from '@cme-commons/app'
import { type Actor, type Card, plain } from '@cme-commons/core'
import { eraseMember, findMember, followsAt, inTx } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { CHANNEL, channelWorld, on, pressOn, words } from '../support/channel-world.ts'
import type { Done } from '../support/conference-world.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { knowledge, moderator, sara, titleOf } from '../support/world.ts'

describeEachDatabase((fresh) => {
  const open = () => channelWorld(fresh)

  test('two presses open a channel that runs itself until the day on which it closes', async () => {
    const { openIt, until, told, done, row } = await open()
    const { shown } = await openIt()
    expect(words(shown)).toContain('Nothing is opened yet')
    expect(words(shown)).toContain('It closes on Thu 15 Apr 2027, announced three days before.')
    await until('2027-04-20T00:00:00.000Z')
    expect(done.map(({ at, to, work }) => `${at.slice(5, 16)} ${to}: ${nameOf(work)}`)).toEqual([
      '03-08T15:00 new/cc1: open sacme-2027',
      `03-08T15:00 ${CHANNEL}: bookmark SACME 2027`,
      `03-08T15:00 ${CHANNEL}: event SACME 2027, day 1 of 3, 2027-03-14T14:00 to 2027-03-14T15:00`,
      `03-08T15:00 ${CHANNEL}: event SACME 2027, day 2 of 3, 2027-03-15T16:00 to 2027-03-15T17:00`,
      `03-08T15:00 ${CHANNEL}: event SACME 2027, day 3 of 3, 2027-03-16T14:00 to 2027-03-16T22:00`,
      `04-15T14:00 ${CHANNEL}: archive`,
    ])
    expect(told()).toEqual([
      '03-08T15:00 Welcome to SACME 2027 (pinned)',
      '03-08T15:00 SACME 2027: schedule (pinned)',
      '03-13T09:00 SACME 2027: The meeting tomorrow',
      '03-14T12:00 SACME 2027 today: day 1 of 3',
      '03-14T13:45 SACME 2027: Opening in 15 minutes',
      '03-15T12:00 SACME 2027 today: day 2 of 3',
      '03-15T15:45 SACME 2027: Outcomes in 15 minutes',
      '03-16T12:00 SACME 2027 today: day 3 of 3',
      '04-12T14:00 This channel closes on Thu 15 Apr 2027',
    ])
    expect(await row()).toMatchObject({ state: 'archived', channel: CHANNEL, ended_at: '2027-04-15T14:00:00.000Z' })
  })

  test('whoever opens it again finds it, and members are refused', async () => {
    const { openIt, press, say, done, now, tick } = await open()
    const { shown, reply } = await openIt()
    expect(words(reply)).toContain('It is being opened')
    expect(words(await press(on(shown, 'Open')))).toContain('It is there already.')
    const other: Actor = { ...moderator, user: 'other', name: 'Other', channel: CHANNEL }
    expect(titleOf(await press({ do: 'channel', edition: 'e1' }, now(), other))).toBe('SACME 2027: its channel')
    expect(titleOf(await say(other, 'channel', now()))).toBe('SACME 2027: its channel')
    expect(titleOf(await say(moderator, 'channel open SACME', now()))).toBe('SACME 2027: its channel')
    expect(await press({ do: 'channel.open', edition: 'e1', draft: 'd1' }, now(), sara)).toMatchObject({
      refuse: 'moderators-only',
    })
    await tick(now())
    expect(done.filter(({ work }) => 'open' in work)).toHaveLength(1)
  })

  test('the schedule and the events follow the dates, each change once and in its place', async () => {
    const { openIt, press, submit, enter, session, tick, told, done, inChannel } = await open()
    await openIt()
    done.length = 0
    const later = '2027-03-09T15:00:00.000Z'
    await session('Workshop', '2027-03-16 08:00 to 09:30')
    await tick(later)
    expect(told().slice(2)).toEqual(['03-09T15:00 SACME 2027: schedule (pinned) (edited)'])
    expect(plain(inChannel().at(-1)!.card, 'America/Chicago')).toContain('08:00 to 09:30 Workshop, Hall A')
    expect(done.map(({ work }) => nameOf(work))).toEqual([
      'event SACME 2027, day 3 of 3, 2027-03-16T13:00 to 2027-03-16T14:30',
    ])
    await submit('channel.events:e1', { sessions: ['cd2'] }, later)
    await tick(later)
    expect(nameOf(done.at(-1)!.work)).toBe('event SACME 2027: Opening, 2027-03-14T14:00 to 2027-03-14T15:00')
    await enter('plan.date:cd1', {
      kind: 'event',
      title: '',
      when: '2027-03-14 to 2027-03-15',
      status: 'confirmed',
      source: 'x',
    })
    await press(
      pressOn(((await press({ do: 'plan.change', of: 'date/cd2', to: 'cancel' })) as { say: Card }).say, 'Save'),
    )
    done.length = 0
    await tick('2027-03-09T16:00:00.000Z')
    expect(done.map(({ work }) => nameOf(work))).toEqual([
      'event SACME 2027: Opening, 2027-03-14T14:00 to 2027-03-14T15:00 cancelled',
      'event SACME 2027, day 1 of 2, 2027-03-14T14:00 to 2027-03-14T22:00',
      'event SACME 2027, day 2 of 2, 2027-03-15T16:00 to 2027-03-15T17:00',
      'event SACME 2027, day 3 of 3, 2027-03-16T13:00 to 2027-03-16T14:30 cancelled',
    ])
    await tick('2027-03-09T17:00:00.000Z')
    expect(done).toHaveLength(4)
  })

  test('moderators hold, leave out and send early what comes; upcoming says so', async () => {
    const { openIt, press, until, tick, told, db, now } = await open()
    await openIt()
    const comes = words(await press({ do: 'channel.coming', edition: 'e1' }))
    expect(comes).toMatch(/Card of the morning, Sun 14 Mar 2027[\s\S]*Reminder 15 minutes before: Opening/)
    const decide = (item: string, to: string) => press({ do: 'channel.decide', edition: 'e1', item, to })
    await decide('morning.2027-03-14', 'hold')
    await decide('morning.2027-03-15', 'skip')
    await decide('cd2.15m', 'skip')
    await decide('cd3.15m', 'hold')
    await decide('cd1.1d', 'now')
    await tick(now())
    const coming = (await upcoming(db.read, now(), '2027-03-31T00:00:00.000Z', knowledge))
      .filter(({ what }) => what === 'channel' || what === 'reminder')
      .map(({ at, title, what, decision }) => `${at.slice(5, 16)} ${title ?? what}${decision ? ` (${decision})` : ''}`)
    expect(coming).toEqual([
      '03-14T12:00 Card of the morning, Sun 14 Mar 2027 (hold)',
      '03-14T13:45 Reminder 15 minutes before: Opening (skip)',
      '03-15T12:00 Card of the morning, Mon 15 Mar 2027 (skip)',
      '03-15T15:45 Reminder 15 minutes before: Outcomes (hold)',
      '03-16T12:00 Card of the morning, Tue 16 Mar 2027',
    ])
    await until('2027-03-14T16:00:00.000Z')
    await decide('morning.2027-03-14', 'release')
    await until('2027-03-15T15:50:00.000Z')
    await decide('cd3.15m', 'release')
    await until('2027-03-17T00:00:00.000Z')
    expect(told().slice(2)).toEqual([
      '03-08T15:00 SACME 2027: The meeting in 6 days',
      '03-14T16:00 SACME 2027 today: day 1 of 3',
      '03-15T15:50 SACME 2027: Outcomes in 10 minutes',
      '03-16T12:00 SACME 2027 today: day 3 of 3',
    ])
  })

  test('a missing permission is told with what to do; once it is mended, one press opens it', async () => {
    const { openIt, press, platform, sent, done, row, told, tick, now } = await open()
    platform.answer = (parcel) => ('open' in parcel ? { failed: 'Nobody answers.' } : undefined)
    await openIt()
    expect(words(await press({ do: 'channel', edition: 'e1' }))).toContain(
      'tried again by itself; so far: Nobody answers.',
    )
    platform.answer = (parcel) =>
      'open' in parcel ? { never: 'Give the bot the permission Manage Channels.' } : undefined
    await tick('2027-03-08T15:05:00.000Z')
    const notices = sent.filter(({ card }) => card.title === 'The channel for SACME 2027 was not opened')
    expect(notices.map(({ to }) => to).sort()).toEqual(['mo', 'moderators'])
    expect(plain(notices[0]!.card)).toContain('Give the bot the permission Manage Channels.')
    expect(words(await press({ do: 'channel', edition: 'e1' }))).toContain('It does not work: Give the bot')
    platform.answer = undefined
    await press(pressOn(notices[0]!.card, 'Try again'))
    await press(pressOn(notices[0]!.card, 'Try again'))
    await tick(now())
    expect(done.filter(({ work }) => 'open' in work)).toHaveLength(1)
    expect(await row()).toMatchObject({ state: 'open', attempt: 2, trouble: null })
    expect(told()).toHaveLength(2)
  })

  test('a channel that was deleted is lost: moderators hear once, nothing more goes there, and it opens anew', async () => {
    const { openIt, press, tick, until, sent, db, row, now, told } = await open()
    await openIt()
    for (let n = 0; n < 2; n++)
      await inTx(db, (tx) => amiss(tx, 'try', { channel: CHANNEL, say: 'It was deleted.', gone: true }, now()))
    await until('2027-03-14T15:00:00.000Z')
    expect(sent.filter(({ to }) => to === 'moderators').map(({ card }) => card.title)).toEqual([
      'The channel of SACME 2027 is gone',
    ])
    expect(told()).toHaveLength(2)
    expect(await row()).toMatchObject({ state: 'lost' })
    await press({ do: 'channel.again', edition: 'e1' })
    await tick(now())
    expect(told().slice(2)).toEqual([
      '03-14T15:00 Welcome to SACME 2027 (pinned)',
      '03-14T15:00 SACME 2027: schedule (pinned)',
      '03-14T15:00 SACME 2027 today: day 1 of 3',
    ])
  })

  test('after an outage a channel is told a day before it closes, and what failed is shown with a way to try it again', async () => {
    const { openIt, press, tick, told, row, platform, now } = await open()
    await openIt()
    await tick('2027-04-20T15:00:00.000Z')
    expect(told().slice(2)).toEqual(['04-20T15:00 This channel closes on Thu 15 Apr 2027'])
    expect((await row()).state).toBe('open')
    platform.answer = (parcel) => ('archive' in parcel ? { never: 'The bot may not close it.' } : undefined)
    await tick('2027-04-21T15:00:00.000Z')
    const shown = await press({ do: 'channel', edition: 'e1' })
    expect(words(shown)).toContain('The channel closes. The bot may not close it.')
    platform.answer = undefined
    await press(on(await press(on(shown, 'Send again: The channel closes')), 'Close it now'))
    await tick(now())
    expect((await row()).state).toBe('archived')
  })

  test('a channel that refuses what is sent says so on its card; opened again, nothing goes to the old one', async () => {
    const { openIt, press, tick, until, platform, done, told, row, db } = await open()
    await openIt()
    platform.answer = ({ to }) =>
      'channel' in to && to.channel === CHANNEL ? { never: 'The channel is gone.', gone: 'address' } : undefined
    await until('2027-03-13T10:00:00.000Z')
    const shown = await press({ do: 'channel', edition: 'e1' })
    expect(words(shown)).toContain('It does not work: The channel is gone.')
    platform.answer = (parcel) => ('open' in parcel ? { done: true, ref: 'C-anew' } : undefined)
    await press(on(shown, 'It was deleted: open it again'))
    await tick('2027-03-13T11:00:00.000Z')
    await until('2027-03-14T15:00:00.000Z')
    expect(told('C-anew').map((line) => line.slice(12))).toEqual([
      'Welcome to SACME 2027 (pinned)',
      'SACME 2027: schedule (pinned)',
      'SACME 2027 today: day 1 of 3',
      'SACME 2027: Opening in 15 minutes',
    ])
    expect(told()).toHaveLength(2)
    expect(await row()).toMatchObject({ state: 'open', channel: 'C-anew', trouble: null })
    expect(
      (await followsAt(db.read, 'try', `channel:${CHANNEL}`)).length +
        done.filter(({ at, to }) => to === CHANNEL && at > '2027-03-13').length,
    ).toBe(0)
  })

  test('a welcome without an address of the calendar has it once moderators open that, and no longer than it is open', async () => {
    const { openIt, press, send, now, told, done, inChannel } = await open()
    await openIt()
    const said = () => plain(inChannel().findLast(({ card }) => card.title.startsWith('Welcome'))!.card)
    expect(said()).not.toContain('Calendar:')
    await press({ do: 'calendar.open' })
    await send(now())
    expect(said()).toContain('https://cme.example.org/v1/conferences.ics?space=try')
    expect(told().at(-1)).toContain('Welcome to SACME 2027 (pinned) (edited)')
    expect(nameOf(done.at(-1)!.work)).toBe('bookmark Calendar')
    await press({ do: 'calendar.close' }, '2027-03-08T16:00:00.000Z')
    await send(now())
    expect(said()).not.toContain('Calendar:')
  })

  test('a meeting that is moved takes its mornings with it, and the channel closes after it', async () => {
    const { openIt, enter, until, told, tick, row } = await open()
    await openIt()
    const moved = { kind: 'event', title: '', when: '2027-04-20', status: 'confirmed', source: 'x' }
    await enter('plan.date:cd1', moved, '2027-03-09T15:00:00.000Z')
    await tick('2027-03-09T15:01:00.000Z')
    await until('2027-04-22T00:00:00.000Z')
    expect(told().filter((line) => /today|closes/.test(line))).toEqual([
      '03-14T12:00 SACME 2027 today',
      '03-15T12:00 SACME 2027 today',
      '04-18T14:00 This channel closes on Wed 21 Apr 2027',
      '04-20T12:00 SACME 2027 today',
    ])
    expect(await row()).toMatchObject({ state: 'archived', ended_at: '2027-04-21T14:00:00.000Z' })
  })

  test('what she fills in is shown before it is done; a day that is over, or a name without letters, is refused', async () => {
    const { press, submit, send, now, done, inChannel, tick, db, row } = await open()
    const plan = { name: 'SACME Zürich!', topic: 'Where we meet', archive: '2027-03-20', forum: 'yes' }
    expect(await submit('channel.plan:e1', { ...plan, name: '!!', archive: '2027-03-01' })).toMatchObject({
      refuse: 'bad-answer',
      fields: { name: expect.any(String), archive: expect.any(String) },
    })
    const more = await submit('channel.more:e1', { rota: 'Mon: Ines', morning: 'no', category: 'Meetings' })
    expect(words(more)).toContain('in the category Meetings')
    const shown = await submit('channel.plan:e1', plan)
    expect(words(shown)).toContain('#sacme-zurich')
    expect(words(shown)).toContain('A forum for questions is made beside it.')
    await press(on(shown, 'Open'))
    await send(now())
    expect(done.flatMap(({ work }) => ('open' in work ? [work.open] : []))).toMatchObject([
      { name: 'sacme-zurich', topic: 'Where we meet', category: 'Meetings' },
      { name: 'sacme-zurich-questions', forum: true },
    ])
    await submit('channel.more:e1', { rota: 'Mon: Sara', morning: 'yes' })
    await submit('channel.plan:e1', { topic: 'Anew', archive: '' })
    await tick(now())
    const last = inChannel('C-sacme-zurich').at(-1)!
    expect(last.edited).toBe(true)
    expect(plain(last.card)).toContain('Moderators: Mon: Sara')
    expect(done.at(-1)!.work).toMatchObject({ topic: 'Anew' })

    await press({ do: 'home' }, now(), sara)
    const { id } = (await findMember(db.read, 'try', 'sara'))!
    await inTx(db, (tx) => eraseMember(tx, id, now()))
    expect((await row()).rota).toBe('Mon: a former member')
  })
})

function nameOf(work: Done['work']): string {
  if ('open' in work) return `open ${work.open.name}`
  if ('bookmark' in work) return `bookmark ${work.bookmark.title}`
  if ('topic' in work) return `topic ${work.topic}`
  if (!('event' in work)) return 'archive' in work ? 'archive' : '?'
  const { title, start, end, cancelled } = work.event
  return `event ${title}, ${start.slice(0, 16)} to ${end.slice(0, 16)}${cancelled ? ' cancelled' : ''}`
}
