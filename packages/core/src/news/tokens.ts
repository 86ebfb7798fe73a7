/** A word of running text. `exact` keeps its capitals, `folded` is for comparing, `stem` is the likely singular, `head` a number for its first two letters; `breaks` when a clause ended before it. */
export type Token = {
  exact: string
  folded: string
  stem: string
  head: number
  at: number
  end: number
  breaks: boolean
}

const WORD = /(?:\p{Lu}\.){2,}|[\p{L}\p{N}][\p{L}\p{N}\p{M}®™'’]*/gu
const BREAK = /[.;:!?|\n]/

/** The words of a text, at most `max` of them. Marks (®, ™) and possessives fall away: "EACCME®’s" and "ACCMEs" are the bare names. */
export function tokens(text: string, max = 400): Token[] {
  const found: Token[] = []
  let last = 0
  WORD.lastIndex = 0
  for (let word = WORD.exec(text); word && found.length < max; word = WORD.exec(text)) {
    const at = word.index
    const end = at + word[0].length
    const exact = bare(word[0])
    const folded = fold(exact)
    const between = text.slice(last, at)
    const breaks = last > 0 && between !== ' ' && BREAK.test(between)
    found.push({ exact, folded, stem: singular(folded), head: headOf(folded), at, end, breaks })
    last = end
  }
  return found
}

function bare(word: string): string {
  let name = word
  if (name.includes('.')) name = name.replaceAll('.', '')
  if (/[®™'’]/.test(name))
    name = name
      .replace(/[®™]/g, '')
      .replace(/['’]s?$/, '')
      .replace(/’/g, "'")
  return name.endsWith('s') && /\p{Lu}{2}s$/u.test(name) ? name.slice(0, -1) : name
}

const BRITISH = /is(?:ation|e|ing)|^licenc|^programme|paed|oedema|our|^centre/

/** Lower case, without accents, American spelling: what two spellings of a word have in common. */
export function fold(word: string): string {
  let w = word.toLowerCase()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
  if (!/^[\x00-\x7f]*$/.test(w)) w = w.normalize('NFD').replace(/\p{M}/gu, '')
  if (w.length < 6 || !BRITISH.test(w)) return w
  return w
    .replace(/is(ation|ations|e|ed|es|ing|er|ers)$/, 'iz$1')
    .replace(/^(licen)c(e|es|ed|ing)$/, '$1s$2')
    .replace(/^programmes?$/, (p) => (p.endsWith('s') ? 'programs' : 'program'))
    .replace('paed', 'ped')
    .replace('oedema', 'edema')
    .replace(/our(s|al)?$/, 'or$1')
    .replace(/^centre/, 'center')
}

const headOf = (word: string): number => word.charCodeAt(0) * 65536 + (word.length > 1 ? word.charCodeAt(1) : 0)

function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(ch|sh|x|ss)es$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}
