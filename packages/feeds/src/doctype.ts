/** How much of a DOCTYPE is searched for entities, how many count, and how far all of them may lengthen the document. */
const MOST_SUBSET = 20_000
const MOST_ENTITIES = 200
const MOST_ADDED = 1_000_000

const ENTITY = /<!ENTITY\s+([\w.:-]{1,50})\s+(?:"([^"]{0,500})"|'([^']{0,500})')\s*>/gi
const REFERENCE = /&([\w.:-]{1,50});/g
/** Words alone: an entity that names others, a file or an address, or that holds markup, is left as it stands. */
const WORDS = /^(?:[^&%<]|&#x?[\da-f]{1,6};)*$/i
const BUILT_IN = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])

/**
 * The text without its DOCTYPE, and with the words put in for the entities that this defines as words. The walk over the
 * tags would take the end of an inner declaration for the end of the whole.
 */
export function withoutDoctype(text: string): string {
  const start = text.slice(0, 10_000).search(/<!doctype/i)
  if (start < 0) return text
  const end = text.indexOf('>', start)
  const subset = text.indexOf('[', start)
  if (end < 0 || subset < 0 || subset > end) return text
  const rest = text.slice(subset)
  const close = /\]\s*>/.exec(rest)
  if (!close) return text
  const entities = entitiesIn(rest.slice(0, Math.min(close.index, MOST_SUBSET)))
  return text.slice(0, start) + expanded(rest.slice(close.index + close[0].length), entities)
}

function entitiesIn(subset: string): ReadonlyMap<string, string> {
  const entities = new Map<string, string>()
  for (const [, name = '', double, single = ''] of subset.matchAll(ENTITY)) {
    const value = double ?? single
    // As in XML, the first definition of a name counts.
    if (entities.size < MOST_ENTITIES && !BUILT_IN.has(name) && !entities.has(name) && WORDS.test(value))
      entities.set(name, value)
  }
  return entities
}

/** Puts the words in everywhere but in CDATA, as long as the document does not grow too much. */
function expanded(text: string, entities: ReadonlyMap<string, string>): string {
  if (entities.size === 0) return text
  let room = MOST_ADDED
  const inText = (part: string) => {
    let kept = ''
    let at = 0
    for (const { index, 0: found, 1: name = '' } of part.matchAll(REFERENCE)) {
      const value = entities.get(name)
      if (value === undefined) continue
      room -= value.length + found.length
      if (room < 0) break
      kept += part.slice(at, index) + value
      at = index + found.length
    }
    return kept + part.slice(at)
  }
  return text
    .split('<![CDATA[')
    .map((part, i) => {
      const end = i === 0 ? 0 : part.indexOf(']]>')
      return end < 0 ? part : part.slice(0, end) + inText(part.slice(end))
    })
    .join('<![CDATA[')
}
