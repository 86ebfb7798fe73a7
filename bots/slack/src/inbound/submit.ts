import type { Action, Reply } from '@cme-commons/core'
import type { App } from '@slack/bolt'
import type { Inbound } from '../app.ts'
import { cardView } from '../render/card.ts'
import { formErrors, formIdOf, metaOf, readForm } from '../render/form.ts'
import type { Payload } from './payload.ts'
import { modalSpot, sorry } from './spot.ts'

/** Slack waits three seconds; what takes longer is shown in the same modal when it is done. */
const PATIENCE = 2_300

/** A filled-in form: wrong fields are told beside them, everything else replaces the form by the answer. */
export function submitListener(app: App, inbound: Inbound): void {
  const { edge, home } = inbound
  app.view(/^form:/, async ({ ack, body, client, view }) => {
    const payload = body as unknown as Payload
    const form = formIdOf(view.callback_id)
    const action: Action = { do: 'form.submit', form, answers: readForm(view.state) }
    const work: Promise<Reply | 'again'> = inbound.perform(client, payload, action).then(
      (done) => {
        if (done) home.changed(client, done.actor)
        return done?.reply ?? 'again'
      },
      (error: unknown) => ({ refuse: 'gone', say: sorry(edge, error, form) }),
    )
    const reply = await Promise.race([work, late()])
    if (reply === 'again') return void (await ack())
    if (reply === 'late') {
      await ack({ response_action: 'update', view: cardView(working) as never })
      const done = await work
      if (done !== 'again' && 'say' in done)
        await modalSpot(client, payload).say(done.say, { private: true, update: true })
      return
    }
    if ('ask' in reply) return void (await ack())
    const errors = 'refuse' in reply && reply.fields ? formErrors(view, reply.fields) : undefined
    if (errors) await ack({ response_action: 'errors', errors })
    else await ack({ response_action: 'update', view: cardView(reply.say, metaOf(view.private_metadata)) as never })
  })
  app.view(/^card/, async ({ ack }) => ack())
}

const working = {
  title: 'Working on it',
  blocks: [{ kind: 'text' as const, text: ['This takes a moment longer. What you filled in was received.'] }],
}

const late = (): Promise<'late'> =>
  new Promise((resolve) => {
    setTimeout(() => resolve('late'), PATIENCE).unref()
  })
