import type { Document } from 'domhandler'
import { DomHandler, Parser } from 'htmlparser2'
import { trouble, troubleError } from './trouble.ts'

/** Beyond these no page lists news; on less, every selector is done in time. */
const MOST_ELEMENTS = 50_000
const DEEPEST = 300
const MOST_HTML = 4_000_000

/** A page as a tree whose nodes know their places in the text. Fails with a trouble error on one without measure. */
export function treeOf(html: string): Document {
  const handler = new DomHandler(undefined, { withStartIndices: true, withEndIndices: true })
  let elements = 0
  let depth = 0
  const parser = new Parser({
    onparserinit: (parser) => handler.onparserinit(parser),
    onopentag(name, attributes) {
      if (++elements > MOST_ELEMENTS || ++depth > DEEPEST) throw troubleError(tooMuch)
      handler.onopentag(name, attributes)
    },
    onclosetag() {
      depth--
      handler.onclosetag()
    },
    ontext: (text) => handler.ontext(text),
    onend: () => handler.onend(),
  })
  parser.write(html.slice(0, MOST_HTML))
  parser.end()
  return handler.root
}

const tooMuch = trouble('too-large', 'The page is too large to be a list of news; choose a smaller one.')
