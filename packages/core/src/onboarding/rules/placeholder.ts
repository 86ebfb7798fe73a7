const WHOLE =
  /^(?:tb[acd]|to ?do|n\/?a|none|nothing|test(?:ing)?|asdf\w*|x+|dummy|placeholder|sample text|\?+|[-–—_.…]+|to be (?:added|determined|defined|decided|confirmed|completed)|(?:see|fill in) (?:above|below|later)|coming soon)[.!]?$/i
const WITHIN =
  /lorem ipsum|\[(?:insert|add|name|number|date|citation|source|your|tb[acd])\b[^\]]{0,60}\]|<(?:insert|add|your)\b[^>]{0,60}>|\bX{1,3}\s?%|\bX{4,}\b|_{4,}|\?{3,}|\bTODO\b/i

/** True when a text only holds its place: "TBD", "n/a", "???". */
export const isPlaceholder = (text: string): boolean => WHOLE.test(text.trim())

/** The words of a text that hold the place of something still to come. "TBD" counts in a text of up to five words only: it is also a disease. */
export function placeholderIn(text: string): string | undefined {
  const said = text.trim()
  if (isPlaceholder(said)) return said
  const short = said.split(/\s+/).length <= 5
  return (short ? /\bTB[ADC]\b/.exec(said)?.[0] : undefined) ?? WITHIN.exec(said)?.[0]
}
