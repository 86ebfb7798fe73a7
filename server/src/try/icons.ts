import { html, raw } from 'hono/html'
import type { Html } from '../html/html.ts'

/** Outlines on a grid of 24, drawn with the colour of the text beside them. */
const shapes = {
  hash: 'M4 9h16M4 15h16M10 3 8 21M16 3l-2 18',
  lock: 'M6 11h12v9H6zM9 11V7a3 3 0 0 1 6 0v4',
  send: 'M5 12h14M13 6l6 6-6 6',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.500a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  close: 'M6 6l12 12M18 6 6 18',
  menu: 'M4 7h16M4 12h16M4 17h16',
  check: 'M5 12.5 10 17.5 19 7',
  plus: 'M12 5v14M5 12h14',
  swap: 'M7 4 3 8l4 4M3 8h14M17 12l4 4-4 4M21 16H7',
  forward: 'M5 5l7 7-7 7M12 5l7 7-7 7',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  undo: 'M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3',
  reply: 'M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6v1',
  go: 'M9 6l6 6-6 6',
  down: 'M6 9l6 6 6-6',
  mail: 'M3 6h18v12H3zM3 7l9 7 9-7',
} as const

/** All icons, hidden, for `<use href="#i-name">`. */
export const sprite = (): Html =>
  html`<svg hidden>${Object.entries(shapes).map(
    ([name, path]) => html`<symbol id="i-${name}" viewBox="0 0 24 24"><path d="${path}"/></symbol>`,
  )}</svg>`

export const icon = (name: keyof typeof shapes): Html =>
  html`${raw(`<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`)}`
