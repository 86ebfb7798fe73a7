import { describe, expect, test } from 'vitest'
import { hypertension } from '../../packages/core/src/onboarding/fixtures/good-assessments.ts'
import { hypertensionActivity } from '../../packages/core/src/onboarding/fixtures/mock-activity.ts'
import { activityAnswers, needsAnswers } from '../support/answers.ts'
import { until } from '../support/bot-house.ts'
import { describeEachDatabase, freshSqlite } from '../support/databases.ts'
import { fill } from '../support/slack/fill.ts'
import { buttonsOf, person } from '../support/slack/person.ts'
import { labels, slackWorkspace } from '../support/slack/workspace.ts'

const textOf = (value: unknown): string => JSON.stringify(value)

describeEachDatabase((fresh) => {
  test('from the greeting to a mock activity: track, needs assessment, the gate, the draft', async () => {
    const { sara } = await slackWorkspace(await fresh())
    const hello = await sara.types('')
    expect(hello.text).toContain('Welcome to the CME community, Sara')
    expect(hello.private).toBe(true)
    const chosen = await sara.presses(hello, 'Program Developers')
    expect(chosen.replaced).toBe(true)
    expect(textOf(chosen.blocks)).toContain('Program Developers')

    const refused = await sara.types('activity')
    expect(refused.private).toBe(true)
    const form = await sara.presses(refused, labels(refused)[0]!)
    expect(form.view?.type).toBe('modal')

    const wrong = await sara.submits(
      form.view!,
      fill(form.view!, { datum: 'half of them', population: '', period: '' }),
    )
    expect(wrong.body).toMatchObject({ response_action: expect.stringMatching(/errors|update/) })
    for (const { form: id, answers } of needsAnswers(hypertension)) {
      const card = await sara.types('needs')
      const button = buttonsOf(card.blocks).find((one) => one.id.replace(/#\d+$/, '') === `cme1:needs.form:${id}`)
      // A further form of objectives is offered once the one before it is full.
      if (!button) continue
      const { view } = await sara.presses(card, button.id)
      const acked = await sara.submits(view!, fill(view!, answers))
      expect(acked.body).toMatchObject({ response_action: 'update', view: { type: 'modal' } })
    }
    const draft = await sara.types('activity')
    expect(draft.text).toMatch(/^MOCK: /)
    for (const { form: id, answers } of activityAnswers(hypertensionActivity, hypertension)) {
      const card = await sara.types('activity')
      const { view } = await sara.presses(card, `cme1:activity.form:${id}`)
      await sara.submits(view!, fill(view!, answers))
    }
    const whole = await sara.types('activity')
    expect(labels(whole)).toContain('Hand it in for peer review')
  })
})

describe('in a workspace', () => {
  test('what arrives twice acts once', async () => {
    const { sara, slack, db } = await slackWorkspace(await freshSqlite())
    await sara.types('track program')
    await sara.types('digest start', 'C1', 'TRIG')
    const before = await db.read.selectFrom('arrivals').selectAll().execute()
    const hasty = person(slack, { socket: true }, 'T1', 'U1', 600)
    await expect(hasty.types('digest stop', 'C1', 'TRIG')).rejects.toThrow('nothing came of it')
    expect(await db.read.selectFrom('arrivals').selectAll().execute()).toHaveLength(before.length)
  })

  test('a direct message is a command, a mention is answered in its thread, and what is hers alone is shown to her alone', async () => {
    const { sara, slack } = await slackWorkspace(await freshSqlite())
    await sara.event({ type: 'message', channel_type: 'im', channel: 'DU1', text: 'what ECMEC', ts: '1.1' })
    const said = await sara.hears(0)
    expect(said).toMatchObject({ channel: 'DU1' })
    expect(said.text).toContain('European CME Credit')
    // The welcome may come to DU1 meanwhile, by itself.
    const inChannel = () => slack.state.messages.filter(({ channel }) => channel === 'C1')
    const heard = (count: number) => until('she hears it in the channel', () => inChannel().length === count)
    await sara.event({ type: 'app_mention', channel: 'C1', text: '<@UBOT> progress', ts: '7.7' })
    await heard(1)
    // Slack hides what is for her alone in a thread that nobody began.
    expect(inChannel().at(-1)).toMatchObject({ to: 'U1' })
    expect(inChannel().at(-1)!.thread_ts).toBeUndefined()
    await sara.event({ type: 'app_mention', channel: 'C1', text: '<@UBOT> progress', ts: '7.9', thread_ts: '7.7' })
    await heard(2)
    expect(inChannel().at(-1)).toMatchObject({ thread_ts: '7.7', to: 'U1' })
    await sara.event({ type: 'app_mention', channel: 'C1', text: '<@UBOT> news', ts: '8.8' })
    await heard(3)
    expect(inChannel().at(-1)).toMatchObject({ thread_ts: '8.8' })
    // Our own messages, edits and other bots are not spoken to.
    const answers = () => slack.state.messages.filter(({ text }) => !text?.startsWith('Welcome'))
    const count = answers().length
    await sara.event({ type: 'message', channel_type: 'im', channel: 'DU1', text: 'news', ts: '2', bot_id: 'B1' })
    await sara.event({ type: 'message', channel_type: 'im', channel: 'DU1', subtype: 'message_changed', ts: '3' })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(answers()).toHaveLength(count)
  })

  test('the Home tab shows where she stands, and is drawn anew when something on it changed', async () => {
    const { sara } = await slackWorkspace(await freshSqlite())
    await sara.event({ type: 'app_home_opened', tab: 'home', channel: 'DU1' })
    await until('the Home tab is drawn', () => sara.home() !== undefined)
    const before = sara.home()!
    expect(textOf(before.blocks)).toContain('Welcome to the CME community')
    await sara.types('track program')
    await until('the Home tab is drawn anew', () => sara.home()!.hash !== before.hash)
    expect(textOf(sara.home()!.blocks)).toContain('Good to see you')
    const shown = await sara.presses(
      { text: '', blocks: sara.home()!.blocks, view: { ...sara.home()!, type: 'home' } },
      'Latest news',
    )
    expect(shown.view?.type).toBe('modal')
  })

  test('shortcuts on a message: the letters explained, and the link suggested', async () => {
    const { sara } = await slackWorkspace(await freshSqlite())
    const explained = await sara.shortcut(
      'explain_letters',
      'Is an <https://example.org/rss|RSS> series *ECMEC* worthy?',
    )
    expect(explained.private).toBe(true)
    expect(explained.text).toContain('ECMEC')
    const asked = await sara.shortcut('suggest_for_digest', 'Worth a read: <https://example.org/news/1|this>')
    expect(asked.view?.type).toBe('modal')
    expect(textOf(asked.view)).toContain('https://example.org/news/1')
    expect((await sara.shortcut('keep_for_recap', 'Worth hearing')).text).toMatch(/[Mm]oderators/)
  })

  test('old, forged and damaged buttons lead home', async () => {
    const { sara } = await slackWorkspace(await freshSqlite())
    const hello = await sara.types('')
    for (const id of ['cme1:digest.rest', 'cme1:nothing:x', 'cme1:step:%E0%A4%A']) {
      const blocks = [{ type: 'actions', elements: [{ type: 'button', action_id: id, text: { text: 'old' } }] }]
      const seen = await sara.presses({ ...hello, blocks }, 'old')
      expect(seen.text).toMatch(/Welcome|Good to see you/)
    }
  })

  test('a form that opens too late is offered again', async () => {
    const { sara, slack } = await slackWorkspace(await freshSqlite())
    slack.state.fault = (method) => (method === 'views.open' ? { ok: false, error: 'expired_trigger_id' } : undefined)
    const seen = await sara.types('digest when').catch((error: Error) => error)
    expect(seen).not.toBeInstanceOf(Error)
  })

  test('the connection may be cut at any time: the next command is heard', async () => {
    const { sara, slack } = await slackWorkspace(await freshSqlite())
    for (const how of ['terminate', 'refresh'] as const) {
      const [socket] = slack.sockets
      if (how === 'terminate') socket!.terminate()
      else {
        socket!.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))
        socket!.close()
      }
      await until('the socket is gone', () => !slack.sockets.has(socket!))
      await until('another socket is open', () => slack.sockets.size > 0, 20_000)
      expect((await sara.types('help')).text).toContain('What you can ask for')
    }
  })

  test('digests arrive as direct messages and in channels, with their buttons, and links are not unfurled', async () => {
    const { sara, mod, slack, server } = await slackWorkspace(await freshSqlite(), undefined, { TRY_OUT: 'on' })
    await sara.types('track program')
    const asked = await sara.types('digest start')
    expect(textOf(asked.blocks)).toContain('digest')
    await mod.types('digest here', 'C1')
    await server.engine.moveClock(new Date(Date.now() + 8 * 86_400_000).toISOString())
    const sent = (channel: string) => slack.state.messages.filter((one) => one.channel === channel && !one.to)
    await until('both arrived', () => sent('DU1').length > 0 && sent('C1').length > 0)
    const [digest] = sent('DU1')
    expect(digest!.text).toContain('CME standards news')
    expect(digest!.unfurl_links).toBe(false)
    expect(labels({ blocks: digest!.blocks })).toEqual(
      expect.arrayContaining(['Why did I get this?', 'Less of this', 'Snooze']),
    )
    const why = await sara.presses(
      { text: '', blocks: digest!.blocks, channel: 'DU1', ts: digest!.ts },
      'Why did I get this?',
    )
    expect(why.text).toContain('Why did I get this?')
    const again = await sara.presses({ text: '', blocks: digest!.blocks, channel: 'DU1', ts: digest!.ts }, 'Snooze')
    expect(again.text).toContain('nooze')
  }, 60_000)
})
