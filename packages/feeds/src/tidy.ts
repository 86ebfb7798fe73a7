/** Controls, and characters that show nothing or turn the direction of what follows; joiners and emoji selectors aside. */
const INVISIBLE =
  /[[\p{Cc}\p{Default_Ignorable_Code_Point}\u{fff9}-\u{fffb}]--[\t\n\r\u{200c}\u{200d}\u{fe00}-\u{fe0f}]]/gv

/** White space; a byte order mark in mid-text counts as one for JavaScript, but shows nothing. */
export const BLANKS = /[^\S\ufeff]+/g

const SCRIPTS = 'Arabic Bengali Devanagari Gujarati Gurmukhi Kannada Khmer Malayalam Oriya Sinhala Tamil Telugu'.split(
  ' ',
)
const JOINED = [...SCRIPTS.map((name) => `\\p{Script=${name}}`), '\\p{Extended_Pictographic}', '\\p{Emoji_Modifier}']

/** A joiner spells between letters of Arabic and Indic scripts, and builds emoji; elsewhere it hides. */
const JOINER = new RegExp(`[\u200c\u200d](?<!(?:[${JOINED.join('')}]|\ufe0f).)`, 'gu')

/** Strips what cannot be seen and brings white space to single blanks, line breaks and empty lines. */
export function tidy(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .replace(JOINER, '')
    .replace(/[^\S\n]+/g, ' ')
    .split(/ ?\n ?/)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
