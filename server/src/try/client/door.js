import { call } from './api.js'
import { avatar, byId, el, fill, icon } from './dom.js'
import { closeButton } from './form.js'
import { placeOf } from './time.js'

/** The front door: what this is, and who one would like to be. */
export function door({ at, enter }) {
  const section = byId('door')
  const inside = [byId('scroll'), byId('composer')]

  function open() {
    const { people, you } = at.state
    section.hidden = false
    for (const part of inside) part.hidden = true
    byId('path').hidden = true
    byId('where').textContent = 'Welcome'
    byId('about').textContent = ''
    fill(
      section,
      el(
        'div',
        { class: 'door-in' },
        el('img', { src: '/assets/mark.svg', alt: '', width: 56, height: 56 }),
        el('h2', { id: 'door-title' }, 'News on CME standards, in the chat you have open anyway'),
        el(
          'p',
          { class: 'lead' },
          'CME Commons reads what the accrediting bodies publish, keeps what concerns your track and region, and brings it as one digest on the day you choose. Newcomers find their track in it and plan a first activity, step by step. Nothing that you do here leaves this machine.',
        ),
        el('h3', {}, 'Who would you like to be?'),
        el(
          'p',
          { class: 'lead small' },
          'It takes three presses to a first digest: choose somebody, start the digest, move the clock to Monday.',
        ),
        el(
          'ul',
          { class: 'people' },
          people.map(member),
          el(
            'li',
            {},
            el(
              'button',
              { class: 'person is-new', type: 'button', on: { click: newcomer } },
              el('span', { class: 'avatar' }, icon('plus')),
              el(
                'span',
                {},
                el('strong', {}, 'Somebody new'),
                el('small', {}, 'Your name, track, region and time zone'),
              ),
              icon('go'),
            ),
          ),
        ),
        you &&
          el('button', { class: 'button', type: 'button', on: { click: () => enter(you.id) } }, `Back to ${you.name}`),
      ),
    )
    section.scrollTop = 0
    if (you) section.querySelector('.person')?.focus({ preventScroll: true })
  }

  function member(one) {
    const facts = [
      one.about,
      [
        at.state.tracks.find((track) => track.id === one.track)?.name,
        at.state.regions.find((region) => region.id === one.region)?.name,
        `${placeOf(one.zone)} time`,
      ]
        .filter(Boolean)
        .join(' · '),
    ]
    return el(
      'li',
      {},
      el(
        'button',
        {
          class: 'person',
          type: 'button',
          on: { click: () => enter(one.id).catch((error) => trouble(error.message)) },
        },
        avatar(one.id, one.name),
        el(
          'span',
          {},
          el('strong', {}, one.name, one.sample && el('span', { class: 'tag' }, 'sample member')),
          facts.filter(Boolean).map((words) => el('small', {}, words)),
        ),
        icon('go'),
      ),
    )
  }

  function newcomer() {
    const dialog = byId('newcomer')
    const mine = Intl.DateTimeFormat().resolvedOptions().timeZone
    const zones = [...new Set([mine, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort()
    const pick = (name, label, options, chosen) =>
      el(
        'div',
        { class: 'field' },
        el('label', { for: `new-${name}` }, label),
        el(
          'select',
          { id: `new-${name}`, name },
          options.map(([value, words]) => el('option', { value, selected: value === chosen }, words)),
        ),
      )
    const failed = el('p', { class: 'error', id: 'new-error', role: 'alert', hidden: true })
    const name = el('input', {
      id: 'new-name',
      name: 'name',
      maxlength: 60,
      autocomplete: 'given-name',
      'aria-describedby': 'new-error',
    })
    const form = el(
      'form',
      { class: 'fields', novalidate: true },
      el('header', {}, el('h2', { id: 'newcomer-title' }, 'Somebody new'), closeButton(dialog)),
      el('div', { class: 'field' }, el('label', { for: 'new-name' }, 'Name'), name, failed),
      pick(
        'track',
        'Track',
        [['', 'Let the bot ask me'], ...at.state.tracks.map((track) => [track.id, track.name])],
        '',
      ),
      pick('region', 'Region', [['', 'Not chosen'], ...at.state.regions.map((region) => [region.id, region.name])], ''),
      pick(
        'zone',
        'Time zone',
        zones.map((zone) => [zone, zone.replaceAll('_', ' ')]),
        mine,
      ),
      el(
        'footer',
        { class: 'buttons' },
        el('button', { class: 'button', type: 'button', on: { click: () => dialog.close() } }, 'Cancel'),
        el('button', { class: 'button primary' }, 'Join the space'),
      ),
    )
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      const given = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''))
      try {
        const person = await call('people', given)
        dialog.close()
        await enter(person.id)
      } catch (error) {
        failed.textContent = error.message
        failed.hidden = false
        name.setAttribute('aria-invalid', 'true')
        name.focus()
      }
    })
    fill(dialog, form)
    dialog.showModal()
    name.focus()
  }

  function close() {
    section.hidden = true
    for (const part of inside) part.hidden = false
  }
  function trouble(sentence) {
    section.hidden = false
    fill(
      section,
      el(
        'div',
        { class: 'door-in' },
        el('p', { class: 'notice', role: 'alert' }, sentence),
        el('button', { class: 'button', type: 'button', on: { click: () => location.reload() } }, 'Try again'),
      ),
    )
  }
  return { open, close, trouble }
}
