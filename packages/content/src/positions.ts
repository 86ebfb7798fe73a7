import { EVENT_ID, type Event, getScalarValue, parseEvents } from 'js-yaml'
import { meant } from './schema.ts'

type Node = { at: number; keys?: Map<string, { at: number; value: Node }>; items?: Node[]; block?: boolean }

/** The line, from 1, on which the value of a path stands in a YAML text that can be parsed; when the path goes on into nothing, the line of its last part that exists. */
export function linesIn(text: string): (path: readonly PropertyKey[]) => number {
  let root: Node | undefined
  return (path) => {
    root ??= treeOf(text)
    return lineAt(text, offsetOf(root, path, text))
  }
}

const lineAt = (text: string, offset: number): number => {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

/** The first document's nodes, each with the place where it begins. */
function treeOf(text: string): Node {
  const events = parseEvents(text, {})
  let next = 0
  const node = (): Node => {
    const event: Event | undefined = events[next++]
    if (event?.type === EVENT_ID.MAPPING) {
      const keys: NonNullable<Node['keys']> = new Map()
      while (events[next]?.type !== EVENT_ID.POP) {
        const key = events[next]!
        const name = key.type === EVENT_ID.SCALAR ? getScalarValue(text, key) : ''
        const { at } = node()
        keys.set(name, { at, value: node() })
      }
      next++
      return { at: event.start, keys }
    }
    if (event?.type === EVENT_ID.SEQUENCE) {
      const items: Node[] = []
      while (events[next]?.type !== EVENT_ID.POP) items.push(node())
      next++
      return { at: event.start, items }
    }
    if (event?.type === EVENT_ID.SCALAR) return { at: Math.max(0, event.valueStart) }
    if (event?.type === EVENT_ID.ALIAS) return { at: event.anchorStart }
    return { at: 0 }
  }
  if (events[0]?.type === EVENT_ID.DOCUMENT) next = 1
  return node()
}

function offsetOf(root: Node, path: readonly PropertyKey[], text: string): number {
  let node = root
  let offset = root.at
  for (const key of path) {
    if (node.keys) {
      const pair = node.keys.get(String(key))
      if (!pair) return offset
      offset = pair.at
      node = pair.value
    } else if (node.items) {
      const item = node.items[Number(key)]
      if (!item) return offset
      node = item
      offset = item.at
    } else return typeof key === 'number' ? lineIn(text, node.at, key) : offset
  }
  return offset
}

/** Where a line of a block of text stands, counting only those that are meant. */
function lineIn(text: string, block: number, wanted: number): number {
  // A block's value begins on the line after its `|`.
  let at = text.lastIndexOf('\n', block - 1) + 1
  for (let count = 0; at > 0 && at < text.length; ) {
    const end = text.indexOf('\n', at)
    if (meant(text.slice(at, end < 0 ? undefined : end)) && count++ === wanted) return at
    if (end < 0) return block
    at = end + 1
  }
  return block
}
