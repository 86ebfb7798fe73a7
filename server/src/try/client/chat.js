import { drawCard } from './card.js'
import { avatar, byId, el, fill, icon, set } from './dom.js'
import { askForm, submitForm } from './form.js'
import { longDay, moment, time } from './time.js'

/** The messages of all conversations, the drawing of the one that is open, and what is unread in the others. */
export function chat({ at, now, zone, act, refresh }) {
  const messages = new Map()
  const unread = new Map()
  /** Messages that the reader waits for and wants to see at once. */
  const awaited = new Set()
  const log = byId('messages')
  const scroll = byId('scroll')
  const reader = () => ({ zone: zone(), now })
  const here = () =>
    [...messages.values()].filter((one) => (one.channel ?? '') === at.channel).sort((a, b) => a.place - b.place)
  const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120

  function show() {
    unread.delete(at.channel)
    scroll.setAttribute('aria-busy', 'true')
    fill(log, opening())
    for (const message of here()) append(message)
    scroll.removeAttribute('aria-busy')
    scroll.scrollTop = scroll.scrollHeight
    byId('newest').hidden = true
  }
  const opening = () =>
    el(
      'header',
      { class: 'opening' },
      at.channel
        ? el('span', { class: 'glyph' }, icon(at.channel === 'moderators' ? 'lock' : 'hash'))
        : el('img', { src: '/assets/mark.svg', alt: '', width: 44, height: 44 }),
      el('h2', {}, at.channel ? `#${at.channel}` : 'CME Commons'),
      el(
        'p',
        {},
        at.channel
          ? 'A channel of this try-out space. Type /cme to ask the bot; a moderator can have a digest sent here with /cme digest here.'
          : 'This is your direct message with the bot. It works here as it does in Slack and Discord; nothing leaves this machine.',
      ),
    )

  function append(message) {
    const days = log.querySelectorAll('.day')
    const label = longDay(message.at, zone())
    if (days.item(days.length - 1)?.textContent !== label) log.append(el('p', { class: 'day' }, el('span', {}, label)))
    log.append(draw(message))
  }

  /** Draws a message that is new, or anew one that changed, without losing the reader's place or focus. */
  function put(message) {
    const known = messages.get(message.id)
    if (known && known.seq >= message.seq) return
    messages.set(message.id, message)
    if ((message.channel ?? '') !== at.channel || !at.state?.you) return
    const old = log.querySelector(`[data-id="${CSS.escape(message.id)}"]`)
    const stay = atEnd()
    if (old) {
      const focused = old.contains(document.activeElement)
      const fresh = draw(message)
      old.replaceWith(fresh)
      if (focused) (fresh.querySelector('.card button') ?? scroll).focus()
      return
    }
    append(message)
    if (message.kind === 'said' || stay || awaited.delete(message.id)) bring(log.lastElementChild)
    else byId('newest').hidden = false
  }
  /** Scrolls to the end, but no further than the beginning of a message that is taller than the window. */
  function bring(node) {
    const first = node.previousElementSibling?.matches('.day') ? node.previousElementSibling : node
    const to = first.offsetTop - 16
    byId('newest').hidden = true
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'
    scroll.scrollTo({ top: Math.min(to, scroll.scrollHeight - scroll.clientHeight), behavior })
  }
  /** Shows what a member asked for, also where it took the place of a message further up; what she sees whole stays where it is. */
  function bringAnswer(lines) {
    const nodes = lines.map(({ id }) => log.querySelector(`[data-id="${CSS.escape(id)}"]`)).filter(Boolean)
    const [first, last] = [nodes[0], nodes.at(-1)]
    if (!first) return
    const { scrollTop, clientHeight } = scroll
    const whole = first.offsetTop >= scrollTop && last.offsetTop + last.offsetHeight <= scrollTop + clientHeight
    if (!whole) bring(first)
  }

  function draw(message) {
    const { id, from, said, card, cause, kind } = message
    const name = from.bot ? 'CME Commons' : from.name
    const bodies = [
      cause && el('p', { class: 'cause' }, icon('reply'), el('span', {}, 'You pressed ', el('b', {}, cause))),
      message.private && el('p', { class: 'private' }, icon('eye'), 'Only visible to you'),
      said && el('p', { class: 'said' }, said),
      card && drawCard(card, reader(), (press, button) => pressed(message, press, button)),
    ]
    return el(
      'div',
      { class: `message is-${kind}`, 'data-id': id },
      avatar(from.id, name, from.bot),
      el(
        'div',
        { class: 'body' },
        el(
          'p',
          { class: 'head' },
          el('b', {}, name),
          from.bot && el('span', { class: 'tag' }, 'App'),
          kind === 'delivered' && el('span', { class: 'tag sent-tag' }, 'Delivered'),
          message.pinned && el('span', { class: 'tag pinned-tag' }, 'Pinned'),
          el('time', { datetime: message.at, title: moment(message.at, zone()) }, time(message.at, zone())),
        ),
        bodies,
      ),
    )
  }

  async function pressed(message, press, button) {
    if (button.getAttribute('aria-disabled')) return
    set(button, 'aria-disabled', 'true')
    await act('press', { press, message: message.id }, message.channel ?? '')
    set(button, 'aria-disabled', undefined)
  }

  function ask(form) {
    const done = (answer) => {
      answered(answer)
      void refresh()
    }
    askForm(form, submitForm(at.me, form, at.channel), done, at.state.channels)
  }
  function answered({ reply, messages: lines = [] }) {
    for (const line of lines) put(line)
    bringAnswer(lines)
    if (reply && 'ask' in reply) ask(reply.ask)
  }

  let waiting = 0
  /** Says after a moment that the bot is at it; call the answer when it is done. */
  function pending() {
    let shown = false
    const timer = setTimeout(() => {
      shown = true
      waiting++
      drawPending()
    }, 180)
    return () => {
      clearTimeout(timer)
      if (shown) waiting--
      shown = false
      drawPending()
    }
  }
  const drawPending = () =>
    fill(
      byId('pending'),
      ...(waiting > 0 ? [el('i', { class: 'dots' }, el('i'), el('i'), el('i')), 'CME Commons is typing'] : []),
    )

  function trouble(sentence) {
    log.append(el('p', { class: 'notice', role: 'alert' }, sentence))
    scroll.scrollTop = scroll.scrollHeight
  }

  scroll.addEventListener('scroll', () => {
    if (atEnd()) byId('newest').hidden = true
  })
  byId('newest').addEventListener('click', () => {
    scroll.scrollTop = scroll.scrollHeight
  })

  return {
    show,
    pending,
    trouble,
    answered,
    clear() {
      messages.clear()
      unread.clear()
      fill(log)
    },
    fill(lines) {
      for (const line of lines) messages.set(line.id, line)
    },
    last: () => Math.max(0, ...[...messages.values()].map((one) => one.seq)),
    arrive(message) {
      const place = message.channel ?? ''
      if (!messages.has(message.id) && message.from.id !== at.me && (place !== at.channel || document.hidden))
        unread.set(place, (unread.get(place) ?? 0) + 1)
      put(message)
    },
    unread: (place) =>
      place === undefined ? [...unread.values()].reduce((sum, n) => sum + n, 0) : (unread.get(place) ?? 0),
    reveal(ids) {
      const there = ids.map((id) => log.querySelector(`[data-id="${CSS.escape(id)}"]`)).filter(Boolean)
      for (const id of ids) if (!messages.has(id)) awaited.add(id)
      if (there.length > 0) bring(there[0])
    },
    seen() {
      if (!document.hidden) unread.delete(at.channel)
    },
  }
}
