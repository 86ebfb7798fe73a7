import { rewind, upcoming } from '@cme-commons/app'
import { type Actor, type Press, plain, type Reply } from '@cme-commons/core'
import { inTx, listDeliveries } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { conferenceWorld, saveOf } from '../support/conference-world.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { knowledge, moderator, sara, titleOf } from '../support/world.ts'

/** Monday, 23 November 2026, 10:00 in New York. */
const MONDAY = '2026-11-23T15:00:00.000Z'
const LATER = '2026-11-23T15:01:00.000Z'
const ines: Actor = { space: 'try', user: 'ines', name: 'Ines', zone: 'Europe/Brussels' }
const words = (reply: Reply): string => ('say' in reply ? plain(reply.say) : '')

describeEachDatabase((fresh) => {
  /** A community whose moderators entered SACME 2027, and where Ines goes. */
  async function open() {
    const database = await fresh()
    const db = await database.open()
    const world = await conferenceWorld(db, MONDAY)
    const edition = { name: 'SACME 2027', zone: 'America/Chicago', place: 'A city', href: 'https://example.org/sacme' }
    await world.enter('plan.edition:sacme', { ...edition, days: '2027-03-14 to 2027-03-17' })
    await world.press({ do: 'going', edition: 'e1', answer: 'going' }, MONDAY, ines)
    const date = (answers: object, at = world.now()) => {
      const usual = {
        kind: 'abstracts',
        title: '',
        when: '2026-12-31',
        status: 'confirmed',
        source: 'https://example.org/call',
      }
      return world.enter('plan.date:e1', { ...usual, ...answers }, at)
    }
    /** Changes the date that was entered last. */
    const change = (id: string, answers: object, at = world.now()) => {
      const usual = {
        kind: 'abstracts',
        title: '',
        when: '2026-12-31',
        status: 'confirmed',
        source: 'https://example.org/call',
      }
      return world.enter(`plan.date:${id}`, { ...usual, ...answers }, at)
    }
    const to = (who: string) => world.sent.filter((one) => one.to === who).map(({ at, card }) => `${at} ${card.title}`)
    return { ...world, db, database, date, change, to }
  }

  test('a date that a moderator enters reminds who goes, at nine of her own day, until it has passed', async () => {
    const { date, until, to } = await open()
    const shown = plain(await date({}, LATER))
    expect(shown).toContain('Nothing is changed yet')
    expect(shown).toContain('One reminder goes out now: to 1 member.')
    await until('2027-01-02T00:00:00.000Z')
    expect(to('ines')).toEqual([
      '2026-11-23T15:01:00.000Z SACME 2027: Abstracts close in 38 days',
      '2026-12-01T08:00:00.000Z SACME 2027: Abstracts close in 30 days',
      '2026-12-17T08:00:00.000Z SACME 2027: Abstracts close in 14 days',
      '2026-12-24T08:00:00.000Z SACME 2027: Abstracts close in 7 days',
      '2026-12-30T08:00:00.000Z SACME 2027: Abstracts close tomorrow',
    ])
  })

  test('what is entered when a reminder is open already is told at once, outside the night', async () => {
    const { date, tick, until, to } = await open()
    await date({}, '2026-11-23T20:00:00.000Z')
    await tick('2026-11-23T20:00:00.000Z')
    expect(to('ines')).toEqual([])
    await until('2026-11-24T12:00:00.000Z')
    expect(to('ines')).toEqual(['2026-11-24T07:00:00.000Z SACME 2027: Abstracts close in 37 days'])
  })

  test('nobody is reminded of a typical date, and of one that is not confirmed with that said', async () => {
    const { date, change, until, sent, to } = await open()
    await date({ status: 'typical' }, LATER)
    await until('2026-12-15T00:00:00.000Z')
    expect(to('ines')).toEqual([])
    await change('cd2', { status: 'tentative' })
    await until('2026-12-18T00:00:00.000Z')
    expect(to('ines')).toEqual([
      '2026-12-15T07:00:00.000Z SACME 2027: Abstracts close in 16 days',
      '2026-12-17T08:00:00.000Z SACME 2027: Abstracts close in 14 days',
    ])
    expect(plain(sent.find(({ to }) => to === 'ines')!.card)).toContain('not confirmed by the organiser')
  })

  test('a moved date is told once, with old and new; what waited is taken back and the old days bring nothing', async () => {
    const { date, change, until, tick, to, sent, db } = await open()
    await date({}, LATER)
    await until('2026-12-16T12:00:00.000Z')
    const shown = plain(await change('cd2', { when: '2027-01-15' }))
    expect(shown).toContain('Thu 31 Dec 2026 becomes Fri 15 Jan 2027')
    expect(shown).toContain('are told once that it is moved, with the old and the new date')
    await tick('2026-12-16T12:01:00.000Z')
    await until('2027-01-20T00:00:00.000Z')
    expect(to('ines').slice(2)).toEqual([
      '2026-12-16T12:01:00.000Z Moved: SACME 2027: Abstracts close',
      '2027-01-01T08:00:00.000Z SACME 2027: Abstracts close in 14 days',
      '2027-01-08T08:00:00.000Z SACME 2027: Abstracts close in 7 days',
      '2027-01-13T08:00:00.000Z SACME 2027: The meeting in 60 days',
      '2027-01-14T08:00:00.000Z SACME 2027: Abstracts close tomorrow',
    ])
    const news = plain(sent.find(({ card }) => card.title.startsWith('Moved'))!.card)
    expect(news).toContain('Was: Thu 31 Dec 2026\nIs now: Fri 15 Jan 2027')
    expect((await listDeliveries(db.read, { space: 'try', state: 'waiting' })).deliveries).toEqual([])
  })

  test('several changes before she is told are told as one, and what is back to what she knew not at all', async () => {
    const { date, change, tick, until, to, sent } = await open()
    await date({ when: '2027-02-10' }, LATER)
    // Night in Brussels.
    for (const [at, when] of [
      ['2026-11-23T21:00:00.000Z', '2027-02-11'],
      ['2026-11-23T22:00:00.000Z', '2027-02-12'],
    ] as const) {
      await change('cd2', { when }, at)
      await tick(at)
    }
    await until('2026-11-24T12:00:00.000Z')
    expect(to('ines')).toEqual(['2026-11-24T07:00:00.000Z Moved: SACME 2027: Abstracts close'])
    expect(plain(sent.at(-1)!.card)).toContain('Was: Wed 10 Feb 2027\nIs now: Fri 12 Feb 2027')
    await change('cd2', { when: '2027-02-20' }, '2026-11-24T21:00:00.000Z')
    await tick('2026-11-24T21:00:00.000Z')
    await change('cd2', { when: '2027-02-12' }, '2026-11-24T22:00:00.000Z')
    await tick('2026-11-24T22:00:00.000Z')
    await until('2026-11-26T12:00:00.000Z')
    expect(to('ines')).toHaveLength(1)
  })

  test('a cancelled date is told once to who was reminded or follows it, not to who stays away; restored, it is on again', async () => {
    const { date, press, until, tick, to, submit } = await open()
    await press({ do: 'follow', scope: 'conference/sacme' }, MONDAY, sara)
    await press({ do: 'going', edition: 'e1', answer: 'maybe' }, MONDAY, { ...sara, user: 'away' })
    await date({}, LATER)
    await until('2026-12-02T15:00:00.000Z')
    await press({ do: 'follow.stop', scope: 'conference/sacme' }, '2026-12-02T15:00:00.000Z', sara)
    await press({ do: 'going', edition: 'e1', answer: 'not-this-year' }, '2026-12-02T15:00:00.000Z', {
      ...sara,
      user: 'away',
    })
    const shown = await press({ do: 'plan.change', of: 'date/cd2', to: 'cancel' }, '2026-12-02T15:00:00.000Z')
    await press(saveOf(shown), '2026-12-02T15:00:00.000Z')
    await tick('2026-12-02T15:00:00.000Z')
    await tick('2026-12-02T15:01:00.000Z')
    for (const who of ['ines', 'sara'])
      expect(to(who).at(-1)).toBe('2026-12-02T15:00:00.000Z Cancelled: SACME 2027: Abstracts close')
    expect(to('away').at(-1)).toContain('in 30 days')
    await until('2026-12-20T15:00:00.000Z')
    expect(to('ines')).toHaveLength(3)
    await press(saveOf(await press({ do: 'plan.change', of: 'date/cd2', to: 'restore' })))
    await tick('2026-12-20T15:00:00.000Z')
    await until('2026-12-25T15:00:00.000Z')
    expect(to('ines').slice(3)).toEqual([
      '2026-12-20T15:00:00.000Z On again: SACME 2027: Abstracts close',
      '2026-12-24T08:00:00.000Z SACME 2027: Abstracts close in 7 days',
    ])
    expect(words(await submit('plan.date:cd99', {}))).toContain('not here any more')
  })

  test('a cancelled edition is one message, and nothing more comes of any of its dates', async () => {
    const { date, press, until, tick, to } = await open()
    for (const kind of ['abstracts', 'hotel', 'grant']) await date({ kind, when: '2027-02-20' }, LATER)
    await until('2026-12-02T15:00:00.000Z')
    const shown = await press({ do: 'plan.change', of: 'edition/e1', to: 'cancel' })
    expect(words(shown)).toMatch(/is cancelled, with all its dates[\s\S]*is told once/)
    expect(words(shown)).not.toContain('Nothing is sent')
    await press(saveOf(shown))
    await tick('2026-12-02T15:01:00.000Z')
    await until('2027-03-20T00:00:00.000Z')
    expect(to('ines')).toEqual(['2026-12-02T15:01:00.000Z Cancelled: SACME 2027'])
    expect(words(await press({ do: 'edition', edition: 'e1' }))).toContain('It is cancelled.')
  })

  test('an edition that is on again takes its dates with it as they were; what was cancelled before stays so', async () => {
    const { date, press, tick, until, to } = await open()
    await date({ when: '2027-02-20', status: 'tentative' }, LATER)
    await date({ kind: 'hotel', when: '2027-02-20' }, LATER)
    await tick(LATER)
    await press(saveOf(await press({ do: 'plan.change', of: 'date/cd3', to: 'cancel' })))
    await tick('2026-11-24T15:00:00.000Z')
    await press(saveOf(await press({ do: 'plan.change', of: 'edition/e1', to: 'cancel' })))
    await tick('2026-11-25T15:00:00.000Z')
    await press(saveOf(await press({ do: 'plan.change', of: 'edition/e1', to: 'restore' })))
    await tick('2026-11-26T15:00:00.000Z')
    const shown = words(await press({ do: 'edition', edition: 'e1' }))
    expect(shown).toMatch(
      /Abstracts close: Sat 20 Feb 2027 \(not confirmed\)\n- Hotel block closes: Sat 20 Feb 2027 \(cancelled\)\n- The meeting: 14 to 17 Mar 2027\n/,
    )
    await until('2026-12-24T00:00:00.000Z')
    expect(to('ines').map((line) => line.slice(25))).toEqual([
      'Cancelled: SACME 2027: Hotel block closes',
      'Cancelled: SACME 2027',
      'On again: SACME 2027',
      'SACME 2027: Abstracts close in 60 days',
    ])
  })

  test('her own days, quiet hours and sessions hold for her alone; a session is told a quarter of an hour before', async () => {
    const { date, submit, enter, until, to } = await open()
    const form = {
      kinds: ['abstracts', 'session'],
      days: '10, 2',
      minutes: '15',
      zone: 'America/New_York',
      quiet: '08:00-11:30',
    }
    expect(titleOf(await submit('follow:edition/e1', form, LATER, ines))).toBe('You and SACME 2027')
    await date({}, '2026-11-23T15:02:00.000Z')
    await enter('plan.session:e1', {
      title: 'Opening',
      when: '2026-12-24 14:00 to 15:00',
      status: 'confirmed',
      source: 'programme',
      place: 'Hall A',
    })
    await until('2027-01-02T00:00:00.000Z')
    expect(to('ines')).toEqual([
      '2026-12-21T16:30:00.000Z SACME 2027: Abstracts close in 10 days',
      '2026-12-24T19:45:00.000Z SACME 2027: Opening in 15 minutes',
      '2026-12-29T16:30:00.000Z SACME 2027: Abstracts close in 2 days',
    ])
    expect(words(await submit('follow:edition/e1', { ...form, days: 'soon', quiet: 'late' }, LATER, ines))).toMatch(
      /Write days from 1 to 365[\s\S]*Write quiet hours/,
    )
  })

  test('a channel follows by its moderators’ word alone, and what the space sets holds for who did not choose', async () => {
    const { date, press, enter, until, to, titles } = await open()
    expect(
      await press({ do: 'follow', scope: 'edition/e1', here: 'yes' }, MONDAY, { ...sara, channel: 'general' }),
    ).toMatchObject({ refuse: 'moderators-only' })
    await press({ do: 'follow', scope: 'edition/e1', here: 'yes' }, MONDAY)
    expect(words(await press({ do: 'dates.here' }, MONDAY))).toContain('SACME 2027')
    const shown = await enter('plan.policy:abstracts', { leads: '20' }, MONDAY)
    expect(plain(shown)).toContain('Abstracts and proposals: 20 days before.')
    await date({}, LATER)
    await until('2027-01-02T00:00:00.000Z')
    // The channel goes by the zone of the space.
    expect(to('standards-news')).toEqual(['2026-12-11T09:00:00.000Z SACME 2027: Abstracts close in 20 days'])
    expect(to('ines')).toEqual(['2026-12-11T08:00:00.000Z SACME 2027: Abstracts close in 20 days'])
    expect(titles().join()).not.toContain('in 30 days')
  })

  test('after an outage of days only what is still useful is sent', async () => {
    const { date, tick, to } = await open()
    await date({}, LATER)
    await date({ kind: 'hotel', when: '2026-12-18' }, LATER)
    await tick('2026-11-24T15:00:00.000Z')
    await tick('2026-12-25T15:00:00.000Z')
    expect(to('ines').slice(2)).toEqual(['2026-12-25T15:00:00.000Z SACME 2027: Abstracts close in 6 days'])
  })

  test('processes that plan at once, and one that was killed between plan and send, send each once', async () => {
    const { date, press, plan, send, tick, to, database, db, sent } = await open()
    for (let n = 0; n < 250; n++)
      await press({ do: 'going', edition: 'e1', answer: 'going' }, MONDAY, { ...ines, user: `u${n}`, name: `M${n}` })
    await date({ when: '2027-01-31' }, LATER)
    await tick('2026-11-24T15:00:00.000Z')
    const at = '2026-12-02T08:00:00.000Z'
    if (database.dialect === 'postgres') await Promise.all([plan(at), plan(at, await database.open()), plan(at)])
    else await Promise.all([plan(at), plan(at, db)])
    await send(at)
    await tick('2026-12-02T08:01:00.000Z')
    const reminded = sent.filter(({ to }) => to !== 'moderators')
    expect(reminded).toHaveLength(251)
    expect(new Set(reminded.map(({ to }) => to)).size).toBe(251)
    expect(to('u17')).toEqual(['2026-12-02T08:00:00.000Z SACME 2027: Abstracts close in 60 days'])
  })

  test('what will be sent is answerable, and moves with the date', async () => {
    const { date, change, tick, db } = await open()
    const coming = async () =>
      (await upcoming(db.read, '2026-11-24T15:00:00.000Z', '2027-01-20T00:00:00.000Z', knowledge))
        .filter(({ what }) => what === 'reminder')
        .map(({ at, to, readers }) => `${at} ${to.join()} ${readers}`)
    await date({ when: '2026-12-10' }, LATER)
    await tick('2026-11-24T15:00:00.000Z')
    const meeting = '2027-01-13T08:00:00.000Z user:ines 1'
    expect(await coming()).toEqual([
      '2026-11-26T08:00:00.000Z user:ines 1',
      '2026-12-03T08:00:00.000Z user:ines 1',
      '2026-12-09T08:00:00.000Z user:ines 1',
      meeting,
    ])
    await change('cd2', { when: '2027-01-10' }, '2026-11-24T15:00:00.000Z')
    await tick('2026-11-24T15:00:00.000Z')
    expect(await coming()).toEqual([
      '2026-12-11T08:00:00.000Z user:ines 1',
      '2026-12-27T08:00:00.000Z user:ines 1',
      '2027-01-03T08:00:00.000Z user:ines 1',
      '2027-01-09T08:00:00.000Z user:ines 1',
      meeting,
    ])
  })

  test('moderators are told once a month what is usually announced and nobody entered', async () => {
    const { date, until, sent } = await open()
    await until('2027-01-20T00:00:00.000Z')
    const notices = sent.filter(({ to }) => to === 'moderators')
    expect(notices.map(({ at }) => at)).toEqual(['2026-12-01T09:00:00.000Z', '2027-01-01T09:00:00.000Z'])
    expect(plain(notices[1]!.card)).toContain('CMEpalooza Spring (https://cmepalooza.com), abstracts and proposals: ')
    await date({})
  })

  test('the year-end report is a date that everybody who follows reports is reminded of', async () => {
    const { press, until, to, sent } = await open()
    await press({ do: 'follow', scope: 'all', kind: 'report' }, MONDAY, sara)
    expect(words(await press({ do: 'dates' }, MONDAY, sara))).toContain(
      'PARS and JA-PARS year-end report: Wed 31 Mar 2027',
    )
    await until('2027-02-01T00:00:00.000Z')
    expect(to('sara')).toEqual(['2027-01-30T14:00:00.000Z PARS and JA-PARS year-end report in 60 days'])
    expect(plain(sent.find(({ to }) => to === 'sara')!.card)).toContain('follows from the standing rule')
  })

  test('a date that another moderator changed meanwhile is shown anew; pressed twice it is saved once', async () => {
    const { date, press, submit } = await open()
    await date({}, LATER)
    const other: Actor = { ...moderator, user: 'other', name: 'Other' }
    const answers = { kind: 'abstracts', title: '', status: 'confirmed', source: 'https://example.org/call' }
    const mine = await submit('plan.date:cd2', { ...answers, when: '2027-01-05' }, LATER)
    const hers = await submit('plan.date:cd2', { ...answers, when: '2027-01-06' }, LATER, other)
    await press(saveOf(hers), LATER, other)
    const again = await press(saveOf(mine), LATER)
    expect(words(again)).toMatch(/Another moderator changed this meanwhile[\s\S]*Wed 6 Jan 2027 becomes Tue 5 Jan 2027/)
    expect(titleOf(await press(saveOf(again), LATER))).toBe('Saved')
    expect(words(await press(saveOf(again), LATER))).toContain('nothing left to save')
    expect(words(await press({ do: 'plan.log', of: 'date/cd2' }, LATER))).toMatch(
      /Mo: .*Wed 6 Jan 2027 → Tue 5 Jan 2027\n.*Other: .*Thu 31 Dec 2026 → Wed 6 Jan 2027/,
    )
  })

  test('a form that is changed before it is saved has what was filled in; a date named by its kind has no title of its own', async () => {
    const { press, submit, date } = await open()
    const shown = await submit('plan.edition:sacme', {
      name: 'SACME 2028',
      zone: 'America/Denver',
      href: 'https://example.org/2028',
      days: '2028-03-12 to 2028-03-15',
    })
    const change = 'say' in shown && shown.say.buttons?.find(({ label }) => label === 'Change')
    expect(await press((change as { act: Press }).act)).toMatchObject({
      ask: {
        id: 'plan.edition:sacme',
        fields: [
          { value: 'SACME 2028' },
          { value: 'America/Denver' },
          {},
          { value: 'https://example.org/2028' },
          { value: '2028-03-12 to 2028-03-15' },
        ],
      },
    })
    await date({})
    const asked = await press({ do: 'plan.form', form: 'date', of: 'date/cd2' })
    const title = 'ask' in asked && asked.ask.fields.find(({ name }) => name === 'title')
    expect(title).not.toHaveProperty('value')
  })

  test('members follow and look; entering, changing and the log are for moderators', async () => {
    const { press, submit, say } = await open()
    for (const act of [
      { do: 'plan.form', form: 'date', of: 'edition/e1' },
      { do: 'plan.change', of: 'edition/e1', to: 'cancel' },
      { do: 'plan.save', draft: 'd1' },
      { do: 'plan.log' },
      { do: 'plan.reminders' },
      { do: 'dates.here' },
    ] as const)
      expect(await press(act, MONDAY, sara)).toMatchObject({ refuse: 'moderators-only' })
    expect(await submit('plan.import', { csv: 'x' }, MONDAY, sara)).toMatchObject({ refuse: 'moderators-only' })
    expect(titleOf(await say(sara, 'conferences sacme', MONDAY))).toContain('Society for Academic')
    expect(await say(sara, 'conferences nothing such', MONDAY)).toMatchObject({ refuse: 'unknown-name' })
    expect(words(await say(sara, 'conferences', MONDAY))).toContain('SACME 2027 is entered')
    expect(words(await say(sara, 'conferences', '2027-04-01T15:00:00.000Z'))).toContain('SACME 2027 is over')
    expect(await say(sara, 'conferences CMEpalooza', MONDAY)).toMatchObject({
      say: {
        title: 'Which one do you mean?',
        buttons: [{ label: 'CMEpalooza Fall' }, { label: 'CMEpalooza Spring' }, {}],
      },
    })
    expect(words(await say(sara, 'deadlines for 14 June 2027', MONDAY))).toContain('EACCME application, latest')
    expect(await say(sara, 'deadlines for soon', MONDAY)).toMatchObject({ refuse: 'bad-answer' })
    expect(words(await say(sara, 'dates', MONDAY))).toContain('Nothing is on your list yet')
  })

  test('a table is read as a whole: mistakes are told with their lines, and nothing is stored half', async () => {
    const { submit, enter, press, say } = await open()
    const head = 'conference,edition,kind,title,when,zone,status,source'
    const bad = [
      head,
      'SACME,SACME 2027,abstracts,,2027-02-30,,confirmed,https://example.org',
      'Nobody,X 2027,hotel,,2027-01-02,,confirmed,x',
      'SACME,SACME 2027,hotel,,2027-01-02,,sure,',
    ]
    expect(await submit('plan.import', { csv: bad.join('\n') })).toMatchObject({
      fields: { csv: expect.stringMatching(/^Line 2: 2027-02-30 is not a day.*Line 4: say how sure/) },
    })
    const reply = words(await submit('plan.import', { csv: bad.join('\n') }))
    expect(reply).toMatch(
      /Line 2: 2027-02-30 is not a day[\s\S]*Line 3: no conference is called “Nobody”[\s\S]*Line 4: say how sure/,
    )
    expect(words(await say(moderator, 'dates all', MONDAY))).not.toContain('Hotel block')
    const good = [
      head,
      'SACME Annual Meeting,SACME 2027,abstracts,,2027-01-20,,confirmed,https://example.org/a',
      '"A meeting, unknown",CMEpalooza 2027,event,,2027-04-21,America/New_York,tentative,told by mail',
    ]
    expect(words(await submit('plan.import', { csv: good.join('\n') }))).toContain('Line 3: no conference is called')
    const csv = good.join('\n').replace('"A meeting, unknown"', 'CMEpalooza Spring')
    const shown = plain(await enter('plan.import', { csv }))
    expect(shown).toMatch(
      /SACME 2027: Abstracts close: Wed 20 Jan 2027[\s\S]*CMEpalooza 2027: The meeting: Wed 21 Apr 2027 \(not confirmed\)[\s\S]*2 new, 0 changed/,
    )
    expect(words(await press({ do: 'dates.all' }))).toContain('CMEpalooza 2027: The meeting')
    expect(words(await submit('plan.import', { csv }))).toContain('Every line is here already')
  })

  test('back to real time, what was entered, changed and sent ahead of it is undone and comes again', async () => {
    const { date, change, until, tick, to, db, press } = await open()
    await date({}, LATER)
    await tick('2026-11-24T15:00:00.000Z')
    await until('2026-12-05T00:00:00.000Z')
    await change('cd2', { when: '2027-02-28' })
    await date({ kind: 'hotel', when: '2027-01-31' })
    await press({ do: 'follow', scope: 'all' }, '2026-12-05T00:00:00.000Z', sara)
    await until('2026-12-12T00:00:00.000Z')
    await inTx(db, (tx) => rewind(tx, '2026-11-24T15:00:00.000Z'))
    const shown = words(await press({ do: 'edition', edition: 'e1' }, '2026-11-24T15:00:00.000Z'))
    expect(shown).toContain('Abstracts close: Thu 31 Dec 2026')
    expect(shown).not.toContain('Hotel block')
    const before = to('ines').length
    await tick('2026-12-01T08:00:00.000Z')
    expect(to('ines').slice(before)).toEqual(['2026-12-01T08:00:00.000Z SACME 2027: Abstracts close in 30 days'])
    expect(to('sara')).toEqual([])
  })
})
