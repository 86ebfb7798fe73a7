import { call, listen } from './api.js'
import { chat } from './chat.js'
import { clock } from './clock.js'
import { composer } from './composer.js'
import { avatar, byId, el, fill, icon, set } from './dom.js'
import { door } from './door.js'
import { path } from './path.js'

const NOBODY = 'You are nobody here any more. “Begin anew” leads to the door, where you come in as somebody.'
const url = new URL(location.href)
const kept = (() => {
  try {
    return localStorage
  } catch {
    return undefined
  }
})()

/** What every part of the page looks at. `channel` is empty in the direct message; `skew` is how far the try-out time is ahead. */
const at = {
  me: url.searchParams.get('as') ?? kept?.getItem('cme-as') ?? '',
  channel: url.searchParams.get('in') ?? '',
  state: undefined,
  skew: 0,
}
const house = {
  at,
  now: () => new Date(Date.now() + at.skew).toISOString(),
  zone: () => at.state?.you?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  refresh,
  enter,
  go,
  act,
  fill: (text) => box.fill(text),
  reveal: (ids) => talk.reveal(ids),
}
const talk = chat(house)
const watch = clock(house)
const steps = path(house, watch)
const front = door(house)
const box = composer(
  () => at.state?.commands ?? [],
  (text) => act('say', { text }),
)
let stop = () => {}

/** Fetches who, where and when anew and redraws the frame. */
async function refresh() {
  const state = await call(`state?as=${encodeURIComponent(at.me)}`)
  const gone = at.state?.you && !state.you
  at.state = state
  at.skew = Date.parse(state.now) - Date.now()
  if (!state.channels.some((channel) => channel.id === at.channel)) at.channel = ''
  drawSide()
  await watch.refresh()
  steps.draw()
  if (gone) leave()
}

/** Who erased everything about her is nobody here: what is on the screen stays until she comes as somebody. */
function leave() {
  stop()
  kept?.removeItem('cme-as')
  byId('say').disabled = byId('send').disabled = true
  talk.trouble(NOBODY)
}

/** Becomes a member: her conversations, her zone, what arrives for her. The bot greets whom it has not met. */
async function enter(me) {
  at.me = me
  kept?.setItem('cme-as', me)
  stop()
  talk.clear()
  await refresh()
  if (!at.state.you) return front.open()
  front.close()
  const { messages } = await call(`inbox?as=${encodeURIComponent(me)}`)
  talk.fill(messages)
  go(at.channel)
  stop = listen(me, talk.last(), {
    message: (message) => {
      talk.arrive(message)
      drawSide()
      if (message.kind === 'delivered') void refresh()
    },
    clock: () => void refresh(),
    live: (up) => {
      if (up && byId('line').textContent) void refresh()
      byId('line').textContent = up ? '' : 'Reconnecting…'
    },
  })
  if (!messages.some((message) => !message.channel)) await act('press', { press: at.state.presses.home }, '')
  byId('say').focus({ preventScroll: true })
}

/** Opens a conversation. */
function go(channel) {
  at.channel = channel
  const query = new URLSearchParams({ as: at.me, ...(channel ? { in: channel } : {}) })
  history.replaceState(null, '', `?${query}`)
  byId('where').textContent = channel || 'CME Commons'
  set(byId('where'), 'class', channel ? 'is-channel' : undefined)
  byId('about').textContent = channel
    ? at.state.channels.find((one) => one.id === channel).about
    : 'The bot, in your direct messages'
  const closed = at.state.channels.find((one) => one.id === channel)?.closed === true
  byId('say').placeholder = closed ? 'This channel is closed' : 'Message, or / for commands'
  byId('say').disabled = byId('send').disabled = closed
  if (byId('side').matches(':popover-open')) byId('side').hidePopover()
  talk.show()
  drawSide()
  steps.draw()
}

/** Says, presses or submits in the conversation that is open, and shows what came of it; answers whether it was taken. */
async function act(what, body, channel = at.channel) {
  if (!at.state.you) {
    front.open()
    return false
  }
  const done = talk.pending()
  try {
    const answer = await call(what, { as: at.me, ...(channel ? { channel } : {}), ...body })
    talk.answered(answer)
    void refresh()
    return true
  } catch (error) {
    talk.trouble(error.message)
    return false
  } finally {
    done()
  }
}

function drawSide() {
  const place = (id, label, picture) => {
    const unread = talk.unread(id)
    return el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          class: unread ? 'place has-unread' : 'place',
          'aria-current': id === at.channel && at.state.you ? 'page' : undefined,
          disabled: !at.state.you,
          on: { click: () => go(id) },
        },
        picture,
        el('span', {}, label),
        unread > 0 && el('span', { class: 'badge' }, String(unread), el('span', { class: 'only-heard' }, ' unread')),
      ),
    )
  }
  fill(byId('direct'), place('', 'CME Commons', avatar('bot', '', true)))
  fill(
    byId('channels'),
    ...(at.state.you ? at.state.channels : [{ id: 'standards-news' }]).map(({ id }) =>
      place(id, id, icon(id === 'moderators' ? 'lock' : 'hash')),
    ),
  )
  const { you } = at.state
  byId('you').hidden = !you
  if (you)
    fill(
      byId('you'),
      avatar(you.id, you.name),
      el(
        'span',
        { class: 'who' },
        el('strong', {}, you.name, you.sample && el('span', { class: 'tag' }, 'sample')),
        el('small', {}, 'Switch member'),
      ),
      icon('swap'),
    )
  const total = talk.unread()
  document.title = total > 0 ? `(${total}) Try CME Commons` : 'Try CME Commons'
  byId('unread-dot').hidden = total === 0
}

byId('you').addEventListener('click', () => {
  if (byId('side').matches(':popover-open')) byId('side').hidePopover()
  front.open()
})
document.addEventListener('visibilitychange', () => {
  if (!at.state?.you) return
  talk.seen()
  drawSide()
})
enter(at.me).catch((error) => front.trouble(error.message))
