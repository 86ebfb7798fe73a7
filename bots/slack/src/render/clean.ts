/** Marks that reorder or hide what is read. The two joiners stay: emoji and several scripts are written with them. */
const UNSEEN =
  /[\u{ad}\u{61c}\u{180e}\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{2066}-\u{206f}\u{feff}\u{fff9}-\u{fffb}]/gu
const CONTROLS = /[^\P{Cc}\n\t]/gu
/** Invisible, and never part of a mention: what it stands in cannot call anybody. */
export const JOINER = '\u2060'

/** A text from outside without controls, invisible marks and half characters; every kind of line end is `\n`. */
export const clean = (value: string): string =>
  value
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(CONTROLS, '')
    .replace(UNSEEN, '')

export const oneLine = (value: string): string => value.replace(/\s*\n\s*/g, ' ')

/** `@here` and its like with an invisible joiner inside, so that no setting of a workspace or a message makes them ring. */
export const unheard = (value: string): string => value.replace(/@(?=here|channel|everyone|$)/gi, `@${JOINER}`)

/** Text for where Slack takes plain text only (titles, labels): one line, shown as it is, calling nobody. */
export const literal = (value: string): string =>
  unheard(oneLine(clean(value)).replace(/<(?=[@!#]|https?:|mailto:)/gi, `<${JOINER}`)).trim()
