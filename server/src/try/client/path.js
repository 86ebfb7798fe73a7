import { byId, el, fill, icon } from './dom.js'
import { shortMoment } from './time.js'

/** The three presses that show what the product is for; goes away once they are done and the reader says so. */
export function path({ at, zone, act, fill: write }, watch) {
  let dismissed = false
  function draw() {
    const you = at.state?.you
    const list = byId('path')
    list.hidden = !you || at.channel !== '' || dismissed
    if (list.hidden) return
    const next = watch.nextDigest()
    const delivered = document.querySelector('.message.is-delivered[data-id^="digest/"]') !== null
    const started = you.digest || delivered
    const steps = [
      { done: true, words: `You are ${you.name}` },
      {
        done: started,
        words: started ? 'Digest started' : 'Start your digest',
        act: () => act('press', { press: at.state.presses.start }),
      },
      {
        done: delivered,
        words: delivered ? 'It arrived' : next ? `Move the clock to ${shortMoment(next.at, zone())}` : 'Move the clock',
        act: started && next ? watch.toDigest : undefined,
      },
    ]
    const current = steps.findIndex((step) => !step.done)
    fill(
      list,
      ...steps.map((step, i) =>
        el(
          'li',
          { class: step.done ? 'is-done' : i === current ? 'is-next' : '' },
          el('span', { class: 'number', 'aria-hidden': 'true' }, step.done ? icon('check') : String(i + 1)),
          i === current && step.act
            ? el('button', { class: 'link', type: 'button', on: { click: step.act } }, step.words)
            : el('span', {}, step.words, step.done && el('span', { class: 'only-heard' }, ' (done)')),
        ),
      ),
      current < 0 &&
        el(
          'li',
          { class: 'is-next' },
          el(
            'button',
            { class: 'link', type: 'button', on: { click: () => write('/cme news') } },
            'Ask for the latest news',
          ),
        ),
      el(
        'li',
        { class: 'dismiss' },
        el(
          'button',
          {
            class: 'quiet',
            type: 'button',
            'aria-label': 'Hide these steps',
            on: {
              click: () => {
                dismissed = true
                draw()
              },
            },
          },
          icon('close'),
        ),
      ),
    )
  }
  return { draw }
}
