import { nextReminder, planConferences, platformOf, settled, unpacker } from '@cme-commons/app'
import {
  type Action,
  type Actor,
  type Answers,
  type Card,
  type Instant,
  type Outcome,
  type Parcel,
  type Press,
  plain,
  type Reply,
  type Work,
} from '@cme-commons/core'
import { type Db, lanesDue, nextDue } from '@cme-commons/db'
import { createCourier } from '@cme-commons/server'
import { knowledge, moderator, worldOn } from './world.ts'

/** A message that arrived; `edited` when it took the place of an earlier one. */
export type Sent = { at: Instant; to: string; card: Card; pin?: true; edited?: true }
/** What else was done for a channel, as its deliverer was told. */
export type Done = { at: Instant; to: string; work: Exclude<Work, { card: unknown }> }

/** The product with a courier and a clock of its own: what moderators enter is planned and sent as the time passes. */
export async function conferenceWorld(db: Db, start: Instant) {
  const world = await worldOn(db, start)
  const sent: Sent[] = []
  const done: Done[] = []
  /** What becomes of what is sent from now on, where it is not simply done. */
  const platform: { answer?: (parcel: Parcel) => Outcome | undefined } = {}
  let now = start
  const courier = createCourier({
    db,
    now: () => now,
    holder: 'test',
    deliverers: {
      try: async (parcel) => {
        const to = 'user' in parcel.to ? parcel.to.user : parcel.to.channel
        const outcome = platform.answer?.(parcel)
        if (outcome && !('done' in outcome)) return outcome
        if (!('card' in parcel)) {
          done.push({ at: parcel.now, to, work: parcel })
          return outcome ?? { done: true, ...('open' in parcel ? { ref: `C-${parcel.open.name}` } : {}) }
        }
        const { card, pin, edit } = parcel
        sent.push({ at: parcel.now, to, card, ...(pin ? { pin } : {}), ...(edit ? { edited: true } : {}) })
        return outcome ?? { done: true, ref: edit ?? parcel.id }
      },
    },
    platformOf,
    unpack: unpacker(knowledge, 'https://cme.example.org'),
    settled,
    wake: async () => {},
    log: { warn() {}, error: (data: unknown, say: string) => console.error(say, data) },
    settleMs: 1,
  })
  const plan = (at: Instant, on = db) => planConferences(on, at, knowledge, async () => {})
  const send = async (at: Instant) => {
    now = at
    for (const lane of await lanesDue(db.read, at)) await courier.work(lane)
  }
  const tick = async (at: Instant) => {
    await plan(at)
    await send(at)
  }
  const act = (actor: Actor, action: Action, at: Instant) => {
    if (at > now) now = at
    return world.press(actor, action, at)
  }
  const press = (press: Press, at = now, actor: Actor = moderator) => act(actor, press, at)
  const submit = (form: string, answers: Answers, at = now, actor: Actor = moderator) =>
    act(actor, { do: 'form.submit', form, answers }, at)
  await tick(start)
  return {
    ...world,
    /** An action as it is, whatever the time. */
    perform: world.press,
    sent,
    done,
    platform,
    plan,
    send,
    tick,
    press,
    submit,
    now: () => now,
    /** Everything on the way to `end`, as the clock of the try-out goes. */
    async until(end: Instant) {
      await tick(now)
      for (;;) {
        const times = [await nextReminder(db.read, now), await nextDue(db.read)]
        const at = times.filter((time) => time !== undefined && time > now && time < end).sort()[0] ?? end
        await tick(at)
        if (at === end) return
      }
    },
    /** Fills in a form and saves what it shows; answers the card that was shown before. */
    async enter(form: string, answers: Answers, at = now, actor: Actor = moderator): Promise<Card> {
      const shown = await submit(form, answers, at, actor)
      if (!('say' in shown) || 'refuse' in shown) throw new Error(`${form}: ${plain((shown as { say: Card }).say)}`)
      await press(saveOf(shown), at, actor)
      return shown.say
    },
    titles: () => sent.map(({ at, to, card }) => `${at} ${to}: ${card.title}`),
  }
}

/** The button that saves what a card shows. */
export function saveOf(reply: Reply): Press {
  const save = 'say' in reply ? reply.say.buttons?.find(({ label }) => label === 'Save') : undefined
  if (!save || !('act' in save)) throw new Error('nothing to save')
  return save.act
}
