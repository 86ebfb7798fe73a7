/** Invisible, and ours alone: `clean` takes it out of whatever comes from outside. It parts what Discord must not read as one. */
export const BREAK = '\u200b'

/**
 * A plain text as Discord markdown that shows exactly its characters: nothing in it formats, links, mentions or becomes an emoji.
 * Addresses in it show as text: only a link of ours is a link. Not for the beginning of a line; `atLineStart` does that.
 */
export const escaped = (text: string): string =>
  defuse(text.replace(/[\\*_~|`<>[\]]|(?<=\]|^)\(|:(?=\/\/|[^\s:]*(?::|$))/g, '\\$&')).replace(/@$/, `@${BREAK}`)

/** Breaks what is a mention, a time stamp, a custom emoji or an invitation even where markdown is not read. */
export const defuse = (text: string): string =>
  text
    .replace(/@(?=everyone|here)/gi, `@${BREAK}`)
    .replace(/<(?=@|#|a?\\?:|\/|t\\?:|id\\?:|sound\\?:)/gi, `<${BREAK}`)
    .replace(/\](?=\()/g, `]${BREAK}`)
    .replace(/(discord(?:app)?\.\w+)\//gi, `$1${BREAK}/`)

/** Escapes what makes a heading, a list, a small print or a quote of a line. */
export const atLineStart = (markdown: string): string =>
  markdown.replace(/^([^\S\n]*)([#\-+])/gm, '$1\\$2').replace(/^([^\S\n]*\d+)([.)])/gm, '$1\\$2')
