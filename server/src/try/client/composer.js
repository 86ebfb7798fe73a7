import { byId, el, fill, set } from './dom.js'

/**
 * The input line: Enter sends, `/` offers commands (arrow keys choose, Tab or Enter takes, Escape closes). `commands` answers the
 * list as it is now; `say(text)` answers whether it was taken, so that a text that could not be sent is not lost.
 */
export function composer(commands, say) {
  const input = byId('say')
  const list = byId('offers')
  let offers = []
  let at = -1

  const close = () => {
    offers = []
    at = -1
    show()
  }
  function show() {
    list.hidden = offers.length === 0
    set(input, 'aria-expanded', String(offers.length > 0))
    set(input, 'aria-activedescendant', at >= 0 ? `offer-${at}` : undefined)
    fill(
      list,
      ...offers.map((offer, i) =>
        el(
          'li',
          {
            id: `offer-${i}`,
            role: 'option',
            'aria-selected': String(i === at),
            on: { pointerdown: (event) => take(event, offer) },
          },
          el('code', {}, offer.text),
          el('span', {}, offer.summary),
        ),
      ),
    )
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }
  function take(event, offer) {
    event.preventDefault()
    input.value = offer.more ? `${offer.text} ` : offer.text
    input.focus()
    refresh()
  }
  function refresh() {
    offers = offersFor(input.value, commands())
    at = -1
    show()
  }
  function step(by) {
    at = at < 0 ? (by > 0 ? 0 : offers.length - 1) : (at + by + offers.length) % offers.length
    show()
  }

  input.addEventListener('input', refresh)
  input.addEventListener('blur', close)
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || offers.length === 0) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      step(event.key === 'ArrowDown' ? 1 : -1)
    } else if ((event.key === 'Tab' && !event.shiftKey) || (event.key === 'Enter' && at >= 0))
      take(event, offers[Math.max(at, 0)])
    else if (event.key === 'Escape') close()
  })
  byId('composer').addEventListener('submit', async (event) => {
    event.preventDefault()
    const text = input.value.trim()
    if (!text) return
    input.value = ''
    close()
    if (!(await say(text)) && !input.value) input.value = text
  })
  return {
    fill: (text) => {
      input.value = text
      input.focus()
      refresh()
    },
  }
}

/** The commands that what was typed may become; after `/cme digest ` the words that may follow. */
export function offersFor(typed, commands) {
  if (!typed.startsWith('/')) return []
  const all = commands.flatMap((command) => [
    { text: `/cme ${command.name}`, summary: command.summary, more: command.usage.includes(' ') },
    ...followers(command),
  ])
  const said = typed.toLowerCase()
  const deep = /^\/cme \S+ /.test(said)
  return all.filter(
    (offer) => offer.text.startsWith(said) && offer.text !== typed && (deep || offer.text.split(' ').length === 2),
  )
}

function followers(command) {
  const words = /[[<]([^\]>]*\|[^\]>]*)[\]>]/.exec(command.usage)?.[1]
  return (words ?? '')
    .split('|')
    .map((word) => word.trim())
    .filter(Boolean)
    .map((word) => ({ text: `/cme ${command.name} ${word}`, summary: '', more: false }))
}
