import type { Outcome } from '@cme-commons/core'
import { describe, expect, test } from 'vitest'
import { classify, ERRORS, outcomeOf } from '../../bots/slack/src/errors.ts'
import { delivering, fails, SCOPES } from '../support/slack/delivering.ts'
import { documentedErrors, namesOf } from '../support/slack/errors.ts'
import type { State } from '../support/slack/server.ts'

describe('the errors of Slack', () => {
  test('every error that the methods in use document has its meaning', () => {
    for (const [method, list] of Object.entries(documentedErrors))
      expect(
        namesOf(list).filter((error) => !ERRORS[error]),
        method,
      ).toEqual([])
  })

  const refused = (error: string) => outcomeOf(classify({ code: 'slack_webapi_platform_error', data: { error } }))
  test('each meaning has one outcome: wait, try again, or never with what a person has to do', () => {
    for (const [error, { fate }] of Object.entries(ERRORS)) {
      const outcome = refused(error)
      if (fate === 'slow') expect(outcome).toEqual({ later: 30_000, only: 'address', why: 'Slack asks to wait.' })
      else if (fate === 'again') expect(outcome).toMatchObject({ failed: expect.stringContaining(error) })
      else {
        expect(outcome).toMatchObject({
          never: expect.stringMatching(new RegExp(`^[A-Z].+\\. \\(${error}\\)$|: .+\\(${error}\\)$`)),
        })
        expect('gone' in outcome && outcome.gone === 'address').toBe(fate !== 'ours' && fate !== 'refused')
      }
    }
  })

  test('what may have been done in part is in doubt, what was refused is not', () => {
    for (const error of ['fatal_error', 'internal_error']) expect(refused(error)).toMatchObject({ doubt: true })
    for (const error of ['service_unavailable', 'request_timeout', 'an_error_of_tomorrow'])
      expect(refused(error)).toMatchObject({ failed: expect.any(String), doubt: false })
  })

  test('Slack says how long to wait, or it is half a minute', () => {
    const wait = (error: unknown) => (outcomeOf(classify(error)) as { later: number }).later
    expect(wait({ code: 'slack_webapi_rate_limited_error', retryAfter: 7 })).toBe(7_000)
    expect(wait({ data: { error: 'ratelimited', response_metadata: { retryAfter: 3 } } })).toBe(3_000)
    expect(wait({ code: 'slack_webapi_http_error', statusCode: 429 })).toBe(30_000)
  })
})

describe('an attempt', () => {
  test('to a person opens the direct channel once and remembers it', async () => {
    const { bot, parcel, slack } = await delivering()
    const to = { space: 'T1', user: 'U1' }
    expect(await bot.deliver(parcel({ to }))).toMatchObject({ done: true, ref: expect.stringMatching(/^DU1\//) })
    await bot.deliver(parcel({ to, id: 'b'.repeat(24) }))
    expect(slack.state.calls.filter(({ method }) => method === 'conversations.open')).toHaveLength(1)
    expect(await bot.deliver(parcel({ to: { space: 'T1', user: 'UGONE' } }))).toMatchObject({
      never: expect.stringContaining('user_not_found'),
      gone: 'address',
    })
  })

  test('that Slack refuses ends as the table says, through the real client', async () => {
    const { bot, parcel, slack, posted } = await delivering()
    const cases: [
      error: string,
      outcome: Partial<Record<keyof Outcome | 'failed' | 'never' | 'gone' | 'later', unknown>>,
    ][] = [
      ['is_archived', { never: expect.stringContaining('archived'), gone: 'address' }],
      ['not_in_channel', { never: expect.stringContaining('/invite'), gone: 'address' }],
      ['restricted_action', { never: expect.stringContaining('permissions'), gone: 'address' }],
      ['messages_tab_disabled', { never: expect.stringContaining('Messages tab'), gone: 'address' }],
      ['msg_too_long', { never: expect.stringContaining('report') }],
      ['internal_error', { failed: expect.any(String), doubt: true } as never],
      ['ratelimited', { later: 30_000 }],
    ]
    for (const [i, [error, outcome]] of cases.entries()) {
      slack.state.fault = fails('chat.postMessage', error)
      expect(await bot.deliver(parcel({ to: { space: 'T1', channel: `C1${i}` } })), error).toMatchObject(outcome)
    }
    expect(posted()).toEqual([])
    expect(slack.state.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(cases.length)
  })

  test('whose answer is lost, late or broken is in doubt, and is made once only', async () => {
    const { bot, parcel, slack, posted } = await delivering()
    slack.state.lose = (method) => method === 'chat.postMessage'
    expect(await bot.deliver(parcel())).toMatchObject({ failed: expect.stringContaining('no_answer'), doubt: true })
    expect(posted()).toHaveLength(1)
    slack.state.lose = undefined
    for (const status of [500, 502, 503]) {
      slack.state.fault = (method) => (method === 'chat.postMessage' ? { ok: false, status } : undefined)
      const to = { space: 'T1', channel: `C${status}` }
      expect(await bot.deliver(parcel({ to }))).toMatchObject({
        failed: expect.stringContaining(String(status)),
        doubt: true,
      })
    }
    expect(slack.state.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(4)
  })

  test('that Slack never answers ends after ten seconds, in doubt', async () => {
    const { bot, parcel, slack } = await delivering()
    slack.state.fault = (method) => (method === 'chat.postMessage' ? 'hang' : undefined)
    expect(await bot.deliver(parcel())).toMatchObject({ failed: expect.stringContaining('no_answer'), doubt: true })
  }, 20_000)

  test('with a revoked token ends the workspace: what waits for it is taken back, its notes go', async () => {
    const { bot, parcel, slack, house } = await delivering()
    await bot.deliver(parcel({ to: { space: 'T1', user: 'U1' } }))
    slack.state.fault = fails('chat.postMessage', 'token_revoked')
    expect(await bot.deliver(parcel())).toMatchObject({ never: expect.stringContaining('install the app again') })
    const space = await house.db.read.selectFrom('spaces').selectAll().where('id', '=', 'T1').executeTakeFirstOrThrow()
    expect(space.left_at).not.toBeNull()
    expect(await house.db.read.selectFrom('notes').selectAll().where('space', '=', 'T1').execute()).toEqual([])
    const calls = slack.state.calls.length
    expect(await bot.deliver(parcel({ id: 'c'.repeat(24) }))).toMatchObject({
      never: expect.stringContaining('not installed'),
      gone: 'address',
    })
    expect(slack.state.calls).toHaveLength(calls)
  })
})

describe('a doubt', () => {
  test.each([
    ['a public channel', 'C1', 'channels:history', false],
    ['a private channel', 'C1', 'groups:history', true],
    ['a direct message', 'DU1', 'im:history', false],
  ])(
    'in %s is looked up where the history is granted, however many messages came meanwhile',
    async (_, channel, scope, secret) => {
      const { bot, parcel, slack, team, posted } = await delivering([...SCOPES, scope])
      if (secret) team.channels.set('C1', { name: 'board', member: true, private: true })
      const to = channel === 'C1' ? { space: 'T1', channel } : { space: 'T1', user: 'U1' }
      slack.state.lose = (method) => method === 'chat.postMessage'
      expect(await bot.deliver(parcel({ to }))).toMatchObject({ doubt: true })
      slack.state.lose = undefined
      slack.state.page = 15
      for (let i = 0; i < 20; i++)
        slack.state.messages.push({
          team: 'T1',
          channel,
          ts: slack.state.stamp(),
          user: 'U1',
          text: 'talk',
          blocks: [],
        })
      expect(await bot.deliver(parcel({ to, attempt: 2, doubt: true }))).toMatchObject({
        done: true,
        twice: 'looked-up',
      })
      expect(posted()).toHaveLength(1)
    },
  )

  test('is sent again, and counted, where the history is not granted, or not for this kind of channel', async () => {
    for (const [scopes, secret] of [
      [SCOPES, false],
      [[...SCOPES, 'channels:history'], true],
    ] as const) {
      const { bot, parcel, slack, team, posted } = await delivering(scopes)
      team.channels.set('C1', { name: 'board', member: true, private: secret })
      slack.state.lose = (method) => method === 'chat.postMessage'
      await bot.deliver(parcel())
      slack.state.lose = undefined
      expect(await bot.deliver(parcel({ attempt: 2, doubt: true }))).toMatchObject({ done: true, twice: 'sent-blind' })
      expect(posted().map(({ client_msg_id }) => client_msg_id)).toEqual([
        posted()[0]!.client_msg_id,
        posted()[0]!.client_msg_id,
      ])
    }
  })

  test('that never arrived is sent once', async () => {
    const { bot, parcel, slack, posted } = await delivering([...SCOPES, 'channels:history'])
    slack.state.fault = (method) => (method === 'chat.postMessage' ? 'drop' : undefined)
    expect(await bot.deliver(parcel())).toMatchObject({ doubt: true })
    slack.state.fault = undefined
    expect(await bot.deliver(parcel({ attempt: 2, doubt: true }))).toMatchObject({ done: true })
    expect(posted()).toHaveLength(1)
  })
})

describe('a digest in parts', () => {
  const card = { title: 'CME standards news', blocks: [] }
  const thread = ['second', 'third'].map((title) => ({ title, blocks: [] }))
  const of = (slack: { state: State }) => slack.state.messages.map(({ text }) => text)

  test('goes on where it stopped, in the thread of its first part', async () => {
    const { bot, parcel, slack } = await delivering()
    let sent = 0
    slack.state.fault = (method) =>
      method === 'chat.postMessage' && ++sent === 3 ? { ok: false, error: 'service_unavailable' } : undefined
    expect(await bot.deliver(parcel({ card, thread } as never))).toMatchObject({ failed: expect.any(String) })
    expect(of(slack)).toEqual(['CME standards news', 'second'])
    expect(await bot.deliver(parcel({ card, thread, attempt: 2 } as never))).toMatchObject({ done: true })
    expect(of(slack)).toEqual(['CME standards news', 'second', 'third'])
    expect(new Set(slack.state.messages.slice(1).map(({ thread_ts }) => thread_ts))).toEqual(
      new Set([slack.state.messages[0]!.ts]),
    )
  }, 15_000)

  test('whose second answer was lost is looked up in the thread, and only the third is sent', async () => {
    const { bot, parcel, slack } = await delivering([...SCOPES, 'channels:history'])
    let answered = 0
    slack.state.lose = (method) => method === 'chat.postMessage' && ++answered === 2
    expect(await bot.deliver(parcel({ card, thread } as never))).toMatchObject({ doubt: true })
    slack.state.lose = undefined
    expect(await bot.deliver(parcel({ card, thread, attempt: 2, doubt: true } as never))).toMatchObject({
      done: true,
      twice: 'looked-up',
    })
    expect(of(slack)).toEqual(['CME standards news', 'second', 'third'])
  }, 15_000)
})
