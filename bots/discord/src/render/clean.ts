/** Characters that show nothing or turn the direction of what follows: they hide words, or make one address look like another. */
const INVISIBLE =
  /\p{Bidi_Control}|[\u00ad\u115f\u1160\u180e\u200b\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\u034f|\u17b4|\u17b5|[\u180b-\u180d]|[\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}]/gu
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out.
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g
/** The joiners are kept where a script or an emoji is written with them. */
const STRAY_JOINER =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{M})\u200d|\u200d(?!\p{Extended_Pictographic}|\p{L})|(?<!\p{Script=Arabic}|\p{M})\u200c/gu

/** A text from outside without what is invisible, turns the direction, or piles up on one letter; line ends become `\n`. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(LINE_ENDS, '\n')
    .replace(CONTROLS, '')
    .replace(INVISIBLE, '')
    .replace(STRAY_JOINER, '')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')

/** As `clean`, on one line: for titles, labels and whatever else may not break. */
export const oneLine = (text: string): string => clean(text).replace(/\s+/g, ' ').trim()
