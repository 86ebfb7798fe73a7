import { expect, test } from 'vitest'
import { ask } from '../../../test/support/ask-try.ts'
import { describeEachDatabase } from '../../../test/support/databases.ts'
import { START, tryHouse } from '../../../test/support/try-house.ts'
import { tryRoutes } from './routes.ts'

const MONDAY = '2026-11-30T13:00:00.000Z'

describeEachDatabase((fresh) => {
  const start = async () => {
    const app = tryRoutes(await tryHouse(await (await fresh()).open()))
    const call = async (path: string, body?: unknown) => (await ask(app, `/try/${path}`, { body })).json
    return { app, call }
  }

  test('Sara is there from the start, labelled as a sample, with her zone and track', async () => {
    const { call } = await start()
    const state = await call('state?as=sara')
    expect(state.now).toBe(START)
    expect(state.clock).toEqual({ moved: false })
    expect(state.you).toMatchObject({
      id: 'sara',
      sample: true,
      moderator: false,
      zone: 'America/New_York',
      track: 'program',
      digest: false,
    })
    expect(state.channels.map((channel: { id: string }) => channel.id)).toEqual(['standards-news'])
    expect((await call('state?as=moderator')).channels).toHaveLength(2)
    expect((await call('state')).you).toBeNull()
  })

  test('a digest that Sara starts arrives when the clock reaches Monday, once, and its buttons can be pressed', async () => {
    const { call } = await start()
    const started = await call('press', { as: 'sara', press: 'cme1:digest.start' })
    expect(started.reply.say.title).toBe('Your digest')
    expect((await call('state?as=sara')).you.digest).toBe(true)
    expect((await call('upcoming')).upcoming[0]).toEqual({
      at: MONDAY,
      kind: 'digest',
      to: 'Sara',
      what: 'Digest, if there is something new',
      news: 0,
    })
    const moved = await call('clock', { to: '2026-11-30T08:30:00-05:00' })
    expect(moved).toMatchObject({ now: '2026-11-30T13:30:00.000Z', moved: true })
    expect(moved.sent).toEqual([expect.objectContaining({ to: 'Sara', user: 'sara', at: MONDAY })])
    expect((await call('clock', { by: 3600 })).sent).toEqual([])
    const { messages } = await call('inbox?as=sara')
    const digests = messages.filter((message: { kind: string }) => message.kind === 'delivered')
    expect(digests).toHaveLength(1)
    const why = digests[0].card.buttons.find((button: { label: string }) => /why/i.test(button.label))
    const answer = await call('press', { as: 'sara', press: why.act, message: digests[0].id })
    expect(answer.messages[0].cause).toBe(why.label)
    expect((await call('inbox?as=moderator')).messages).toEqual([])
  })

  test('what is said to the bot is answered; a channel is talk until a command is said', async () => {
    const { call } = await start()
    const said = await call('say', { as: 'sara', text: 'help' })
    expect(said.messages.map((message: { kind: string }) => message.kind)).toEqual(['said', 'reply'])
    expect((await call('say', { as: 'sara', text: 'Good morning', channel: 'standards-news' })).reply).toBeNull()
    await call('say', { as: 'sara', text: '/cme help', channel: 'standards-news' })
    const seen = (await call('inbox?as=moderator')).messages
    expect(seen.map((message: { said?: string }) => message.said)).toEqual(['Good morning', '/cme help'])
    const own = (await call('inbox?as=sara')).messages.at(-1)
    expect(own).toMatchObject({ private: true, channel: 'standards-news', card: { title: 'What you can ask for' } })
  })

  test('a button that updates replaces its message, and only a message that its presser sees', async () => {
    const { call } = await start()
    const { id } = await call('people', { name: 'Ines', zone: 'Europe/Brussels', region: 'eu' })
    const welcome = (await call('say', { as: id, text: '/cme' })).messages[1]
    const track = { press: 'cme1:track.choose:academic', message: welcome.id }
    const [replaced] = (await call('press', { as: id, ...track })).messages
    expect(replaced).toMatchObject({ id: welcome.id, place: welcome.place })
    expect(replaced.seq).toBeGreaterThan(welcome.seq)
    const [other] = (await call('press', { as: 'sara', ...track })).messages
    expect(other.id).not.toBe(welcome.id)
    expect((await call(`inbox?as=${id}&after=${welcome.seq}`)).messages).toEqual([replaced])
  })

  test('a form is asked, refused with the field that is wrong, and accepted', async () => {
    const { call } = await start()
    await call('press', { as: 'sara', press: 'cme1:digest.start' })
    const { ask: form } = (await call('say', { as: 'sara', text: '/cme digest when' })).reply
    const answers = { rhythm: 'weekly-2', at: '25:99', zone: 'America/New_York', quiet: '' }
    const refused = await call('submit', { as: 'sara', form: form.id, answers })
    expect(refused.messages).toEqual([])
    expect(Object.keys(refused.reply.fields)).toEqual(['at'])
    await call('submit', { as: 'sara', form: form.id, answers: { ...answers, at: '07:30' } })
    expect((await call('upcoming')).upcoming[0].at).toBe('2026-11-24T12:30:00.000Z')
  })

  test('a message arrives live, and after a break from where it stopped', async () => {
    const { app, call } = await start()
    const listen = async (headers: Record<string, string>) => {
      const env = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
      const { body } = await app.request('/try/events?as=sara', { headers: { host: 'localhost', ...headers } }, env)
      const reader = body!.pipeThrough(new TextDecoderStream()).getReader()
      const until = async (words: string) => {
        let heard = ''
        while (!heard.includes(words)) heard += (await reader.read()).value
        return heard
      }
      return { until, stop: () => reader.cancel() }
    }
    const live = await listen({})
    await live.until(': connected')
    await call('say', { as: 'sara', text: 'tracks' })
    const heard = await live.until('Tracks and regions')
    await live.stop()
    const first = /^id: (\d+)/m.exec(heard)![1]!
    await call('say', { as: 'sara', text: 'help' })
    const again = await listen({ 'last-event-id': first })
    const caught = await again.until('What you can ask for')
    await again.stop()
    expect(caught).toContain('Tracks and regions')
    expect(caught).not.toContain(`id: ${first}\n`)
  })
})
