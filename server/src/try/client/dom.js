/**
 * Makes an element. Strings among the children become text nodes, never markup; `on` holds listeners, other props are attributes
 * (`true` sets an empty one; `false`, null and undefined leave it out).
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...any} children
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag)
  const { on = {}, ...attributes } = props
  for (const [name, value] of Object.entries(attributes)) set(node, name, value)
  for (const [type, listener] of Object.entries(on)) node.addEventListener(type, listener)
  node.append(...shown(children))
  return node
}

/** Replaces what an element holds. */
export const fill = (node, ...children) => node.replaceChildren(...shown(children))

const shown = (children) =>
  children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false)

/** Sets an attribute, or takes it away for false, null and undefined. */
export function set(node, name, value) {
  if (value === false || value === null || value === undefined) node.removeAttribute(name)
  else node.setAttribute(name, value === true ? '' : String(value))
}

/** An icon of the sprite in the page; decoration only. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `#i-${name}`)
  svg.append(use)
  return svg
}

/** The element of the page with this id. */
export const byId = (id) => /** @type {any} */ (document.getElementById(id))

/** A person's avatar: initials on one of six grounds, always the same for the same id; the bot has its mark. */
export function avatar(id, name, bot = false) {
  if (bot) return el('img', { class: 'avatar', src: '/assets/mark.svg', alt: '', width: 36, height: 36 })
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? ['?']
  const initials = words.length > 1 ? words[0][0] + words.at(-1)[0] : words[0].slice(0, 1)
  const hue = [...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 6, 7)
  return el('span', { class: `avatar hue-${hue}`, 'aria-hidden': 'true' }, initials.toUpperCase())
}
