import { call } from './api.js'
import { byId, el, fill, set } from './dom.js'
import { closeButton } from './form.js'
import { hands, moment, placeOf, shortDay, shortMoment, time } from './time.js'

/** The clock: what time it is in the member's zone, moving it, what was sent on the way and what will be. */
export function clock({ at, now, zone, refresh, go, reveal }) {
  let upcoming = []
  const moves = [...document.querySelectorAll('[data-by]')]
  const buttons = [...moves, byId('to-next'), byId('to-date'), byId('to-real')]

  function tick() {
    const instant = now()
    byId('now').textContent = `${shortDay(instant, zone())}, ${time(instant, zone())}`
    set(byId('now'), 'datetime', instant)
    const { hour, minute } = hands(instant, zone())
    set(byId('hand-hour'), 'transform', `rotate(${hour} 24 24)`)
    set(byId('hand-minute'), 'transform', `rotate(${minute} 24 24)`)
  }

  async function draw() {
    const moved = at.state.clock.moved
    byId('clock').classList.toggle('is-moved', moved)
    fill(
      byId('zone'),
      el('span', {}, `${placeOf(zone())} time`),
      moved && el('span', { class: 'ahead' }, `${ahead(at.skew)} ahead`),
    )
    byId('to-real').hidden = !moved
    tick()
    upcoming = (await call('upcoming')).upcoming
    byId('to-next').disabled = upcoming.length === 0
    byId('what-next').textContent = upcoming[0] && upcoming[0].kind !== 'digest' ? 'next message' : 'next digest'
    fill(
      byId('upcoming'),
      ...(upcoming.length > 0
        ? upcoming.slice(0, 12).map(row)
        : [el('li', { class: 'nothing' }, 'Nothing yet. Once somebody starts a digest, it shows here.')]),
    )
  }
  const row = ({ at: instant, to, what }) =>
    el(
      'li',
      {},
      el('time', { datetime: instant, title: moment(instant, zone()) }, shortMoment(instant, zone())),
      el('span', {}, what, el('small', {}, ` to ${to}`)),
    )

  /** Runs one move, or several, and says what was sent; one at a time. */
  async function moving(button, work) {
    if (buttons.some((one) => one.getAttribute('aria-busy'))) return
    set(button, 'aria-busy', 'true')
    try {
      await work()
    } catch (error) {
      fill(byId('sent'), el('p', { class: 'trouble' }, error.message))
    } finally {
      set(button, 'aria-busy', undefined)
    }
  }
  async function step(body) {
    const { sent } = await call('clock', body)
    await refresh()
    tell(sent, 'reset' in body)
    reveal(sent.map((one) => one.id))
    return sent
  }
  const move = (body, button) => moving(button, () => step(body))

  const nextDigest = () => upcoming.find((one) => one.kind === 'digest')
  /** On to what `next` finds, until something that `counts` is sent: a digest without news is not, so a few of its days may pass. */
  const onTo = (next, counts) =>
    moving(byId('to-next'), async () => {
      const quiet = []
      for (let days = 0; days < 6 && next(); days++) {
        const { at: instant, kind, to } = next()
        const sent = await step({ to: instant })
        if (kind === 'digest' && !sent.some(isDigest)) quiet.push({ instant, to })
        if (sent.some(counts)) break
      }
      tellQuiet(quiet)
    })
  /** As its words say: on to a digest where one is next, else on to whatever is sent. */
  const toNext = () =>
    upcoming[0]?.kind === 'digest'
      ? toDigest()
      : onTo(
          () => upcoming[0],
          () => true,
        )
  const isDigest = ({ id }) => id.startsWith('digest/')
  const toDigest = () => onTo(nextDigest, isDigest)

  /** Says which digests were passed because nothing was new: silence looks like a fault. */
  function tellQuiet(quiet) {
    if (quiet.length === 0) return
    const times = quiet.map(({ instant }) => shortMoment(instant, zone()))
    byId('sent').append(
      el('p', {}, `Passed without a digest, because nothing was new for ${quiet[0].to}: ${times.join('; ')}.`),
    )
  }

  function tell(sent, back) {
    const where = (one) => (one.channel ? one.channel : '')
    const mine = (one) => one.channel || one.user === at.me
    const lines = sent
      .slice(0, 6)
      .map((one) =>
        el(
          'li',
          {},
          mine(one)
            ? el('button', { class: 'link', type: 'button', on: { click: () => go(where(one)) } }, one.title)
            : el('span', {}, one.title),
          el('small', {}, ` to ${one.user === at.me ? 'you' : one.to}, ${shortMoment(one.at, zone())}`),
        ),
      )
    const words = back
      ? 'Back to real time.'
      : sent.length === 0
        ? 'Nothing was sent: nothing was due, or nothing was new.'
        : sent.length === 1
          ? '1 message was sent:'
          : `${sent.length} messages were sent:`
    fill(
      byId('sent'),
      el('p', { class: sent.length > 0 ? 'good' : '' }, words),
      lines.length > 0 && el('ul', {}, lines),
      sent.length > 6 && el('p', {}, `and ${sent.length - 6} more`),
    )
  }

  function askDate() {
    const dialog = byId('until')
    const soonest = new Date(Date.parse(now()) + 86_400_000)
    const day = el('input', {
      id: 'until-day',
      type: 'date',
      required: true,
      value: dateIn(soonest, zone()),
      min: dateIn(new Date(now()), zone()),
    })
    const hour = el('input', { id: 'until-time', type: 'time', required: true, value: '09:00' })
    const form = el(
      'form',
      { class: 'fields' },
      el('header', {}, el('h2', { id: 'until-title' }, 'Move the clock to'), closeButton(dialog)),
      el(
        'div',
        { class: 'pair' },
        el('div', { class: 'field' }, el('label', { for: 'until-day' }, 'Day'), day),
        el('div', { class: 'field' }, el('label', { for: 'until-time' }, 'Time'), hour),
      ),
      el('p', { class: 'hint' }, `In ${placeOf(zone())} time. Everything that is due on the way is sent.`),
      el(
        'footer',
        { class: 'buttons' },
        el('button', { class: 'button', type: 'button', on: { click: () => dialog.close() } }, 'Cancel'),
        el('button', { class: 'button primary' }, 'Move the clock'),
      ),
    )
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      dialog.close()
      void move({ to: instantOf(day.value, hour.value, zone()) }, byId('to-date'))
    })
    fill(dialog, form)
    dialog.showModal()
    day.focus()
  }

  for (const button of moves) button.addEventListener('click', () => move({ by: Number(button.dataset.by) }, button))
  byId('to-next').addEventListener('click', toNext)
  byId('to-date').addEventListener('click', askDate)
  byId('to-real').addEventListener('click', () => move({ reset: true }, byId('to-real')))
  byId('unfold').addEventListener('click', () =>
    set(byId('unfold'), 'aria-expanded', String(byId('clock').classList.toggle('is-open'))),
  )
  setInterval(tick, 5_000)
  return { refresh: draw, toDigest, nextDigest }
}

const dateIn = (date, zone) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(date)

function ahead(ms) {
  const hours = Math.round(ms / 3_600_000)
  if (hours < 48) return hours === 1 ? '1 hour' : `${hours} hours`
  return `${Math.round(hours / 24)} days`
}

/** The instant of a wall time in a zone: guess, see what the wall shows there, correct; twice, for a change of the clocks between. */
function instantOf(day, hour, zone) {
  const wanted = Date.parse(`${day}T${hour}:00Z`)
  let guess = wanted
  for (let i = 0; i < 2; i++) guess += wanted - Date.parse(`${dateIn(new Date(guess), zone)}T${time(guess, zone)}:00Z`)
  return new Date(guess).toISOString()
}
