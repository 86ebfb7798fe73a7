/**
 * What Discord makes of a text, read by its documented rules and from nothing of the renderer: which characters show, and which of
 * them format, link, mention or stand in a block of their own. Escapes count first, as they do there.
 */
export type Shown = {
  /** The characters a reader sees, without marks; invisible ones left out. */
  text: string
  links: { text: string; href: string; masked: boolean }[]
  mentions: string[]
  stamps: string[]
  channels: string[]
  /** Bold, italic, code and the like, by their mark. */
  marks: { mark: string; text: string }[]
  /** Headings, lists, quotes and small print, by what begins the line. */
  blocks: string[]
}

const BLOCK = /^(\s*)(#{1,3}\s+|-#\s+|>>>\s|>\s|[-*]\s+|\d+\.\s+)/

export function readDiscord(markdown: string): Shown {
  const shown: Shown = { text: '', links: [], mentions: [], stamps: [], channels: [], marks: [], blocks: [] }
  const fenced = /```[\s\S]*?```/.exec(markdown)
  if (fenced) shown.marks.push({ mark: '```', text: fenced[0] })
  const lines = markdown.split('\n').map((raw) => {
    let line = raw
    for (let found = BLOCK.exec(line); found; found = BLOCK.exec(line)) {
      shown.blocks.push(found[2]!.trim())
      line = line.slice(found[0].length)
    }
    return line
  })
  shown.text = inline(lines.join('\n'), shown).replace(/\u200b/g, '')
  return shown
}

type Rule = { match: RegExp; act: (found: RegExpExecArray, shown: Shown) => string }

const mark = (match: RegExp, name: string): Rule => ({
  match,
  act: (found, shown) => {
    const text = inline(found[1]!, shown)
    shown.marks.push({ mark: name, text: text.replace(/\u200b/g, '') })
    return text
  },
})
const mention = (match: RegExp): Rule => ({
  match,
  act: ([all], shown) => {
    shown.mentions.push(all)
    return all
  },
})

const RULES: readonly Rule[] = [
  { match: /^\\([^0-9A-Za-z\s])/, act: ([, char]) => char! },
  {
    match: /^(`+)([\s\S]*?[^`])\1(?!`)/,
    act: ([, , text], shown) => {
      shown.marks.push({ mark: '`', text: text!.replace(/\u200b/g, '') })
      return text!
    },
  },
  {
    match:
      /^\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['"][\s\S]*?['"])?\s*\)/,
    act: ([, text, href], shown) => {
      const said = inline(text!, shown)
      shown.links.push({ text: said.replace(/\u200b/g, ''), href: href!, masked: true })
      return said
    },
  },
  { match: /^<(https?:\/\/[^\s<>]+)>/i, act: ([, href], shown) => bare(href!, shown) },
  { match: /^(?:https?|discord|steam):\/\/[^\s<]+[^<.,:;"')\]\s]/i, act: ([href], shown) => bare(href, shown) },
  mention(/^@(?:everyone|here)/i),
  mention(/^<@[!&]?\d+>/),
  mention(/^<a?:\w+:\d+>/),
  mention(/^<\/[^>]+:\d+>/),
  mention(/^<id:\w+>/),
  mention(/^<sound:\d+:\d+>/),
  mention(/^:[^\s:]+:/),
  mention(/^discord(?:app)?\.\w+\/\S+/i),
  {
    match: /^<t:(-?\d+)(?::[tTdDfFR])?>/,
    act: ([all], shown) => {
      shown.stamps.push(all)
      return all
    },
  },
  {
    match: /^<#(\d+)>/,
    act: ([all], shown) => {
      shown.channels.push(all)
      return all
    },
  },
  mark(/^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/, '**'),
  mark(/^__((?:\\[\s\S]|[^\\])+?)__(?!_)/, '__'),
  mark(/^~~((?:\\[\s\S]|[^\\])+?)~~/, '~~'),
  mark(/^\|\|((?:\\[\s\S]|[^\\])+?)\|\|/, '||'),
  mark(/^_((?:__|\\[\s\S]|[^\\_])+?)_(?!\w)/, '_'),
  mark(/^\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/, '*'),
]

function bare(href: string, shown: Shown): string {
  shown.links.push({ text: href, href, masked: false })
  return href
}

function inline(source: string, shown: Shown): string {
  let text = ''
  let rest = source
  while (rest) {
    const found = RULES.map((rule) => ({ rule, match: rule.match.exec(rest) })).find(({ match }) => match)
    if (found?.match) {
      text += found.rule.act(found.match, shown)
      rest = rest.slice(found.match[0].length)
    } else {
      const char = [...rest.slice(0, 2)][0]!
      text += char
      rest = rest.slice(char.length)
    }
  }
  return text
}
