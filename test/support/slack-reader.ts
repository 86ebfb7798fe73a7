/** A run of what a person sees in Slack. */
export type Run =
  | { as: 'plain' | 'strong' | 'em' | 'strike' | 'code'; words: string }
  | { as: 'link'; words: string; to: string }
  | { as: 'date'; at: number; words: string }
  | { as: 'channel'; id: string }
  | { as: 'mention'; whom: string }

const MARKS = { '*': 'strong', _: 'em', '~': 'strike', '`': 'code' } as const

/** Reads mrkdwn as Slack documents it: a mark counts beside a blank, punctuation or an end, on one line, around words. */
export function readMrkdwn(drawn: string): Run[] {
  const runs: Run[] = []
  let at = 0
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(drawn)
    if (found) at += found[0].length
    return found?.[1]
  }
  while (at < drawn.length) {
    const mark = drawn[at] as keyof typeof MARKS
    const control = mark === ('<' as never) ? take(/<([^>]*)>/y) : undefined
    const marked =
      Object.hasOwn(MARKS, mark) && !WORD_ENDS.test(drawn.slice(Math.max(0, at - 2), at))
        ? take(MARKED[mark])
        : undefined
    if (control !== undefined) runs.push(controlled(control))
    else if (marked !== undefined) runs.push({ as: MARKS[mark], words: decoded(marked) })
    else {
      const one = take(/(&(?:amp|lt|gt);|[^*_~`<&]+|[\s\S])/y) ?? ''
      const last = runs.at(-1)
      if (last?.as === 'plain') last.words += decoded(one)
      else runs.push({ as: 'plain', words: decoded(one) })
    }
  }
  return runs
}

const WORD_ENDS = /[\p{L}\p{N}]$/u
const MARKED = {
  '*': /\*((?!\s)[^*\n]*?[^\s*])\*(?![\p{L}\p{N}])/uy,
  _: /_((?!\s)[^_\n]*?[^\s_])_(?![\p{L}\p{N}])/uy,
  '~': /~((?!\s)[^~\n]*?[^\s~])~(?![\p{L}\p{N}])/uy,
  '`': /`([^`\n]+)`(?![\p{L}\p{N}])/uy,
} as const

function controlled(inside: string): Run {
  const [head = '', words = ''] = [inside.split('|')[0], inside.slice(inside.indexOf('|') + 1)]
  const date = /^!date\^(-?\d+)\^[^^|]+$/.exec(head)
  if (date) return { as: 'date', at: Number(date[1]), words: decoded(words) }
  if (head.startsWith('#')) return { as: 'channel', id: head.slice(1) }
  if (head.startsWith('!') || head.startsWith('@')) return { as: 'mention', whom: head }
  return { as: 'link', to: decoded(head), words: decoded(words) }
}

const decoded = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

type Thing = Record<string, unknown>

/** Every text object of a payload, and its top-level text as one of them. */
export function textsOf(payload: unknown): { type: string; text: string }[] {
  if (Array.isArray(payload)) return payload.flatMap(textsOf)
  if (typeof payload !== 'object' || payload === null) return []
  const thing = payload as Thing
  if ((thing.type === 'mrkdwn' || thing.type === 'plain_text') && typeof thing.text === 'string')
    return [{ type: thing.type, text: thing.text }]
  return [
    ...(typeof thing.text === 'string' ? [{ type: 'mrkdwn', text: thing.text }] : []),
    ...Object.values(thing).flatMap((value) => (typeof value === 'object' ? textsOf(value) : [])),
  ]
}

/** What of a payload would call somebody, whatever the settings; and marks that reorder or hide what is read. */
export function leaksOf(payload: unknown): string[] {
  return textsOf(payload).flatMap(({ type, text }) => [
    ...(type === 'mrkdwn' ? readMrkdwn(text).filter(({ as }) => as === 'mention' || as === 'strike') : []).map((run) =>
      JSON.stringify(run),
    ),
    ...(text.match(/<[!@](?!date\^)|@(?:here|channel|everyone)\b/gi) ?? []),
    ...(type === 'plain_text' ? (text.match(/<(?:#|https?:)/gi) ?? []) : []),
    ...(text.match(/[\u202a-\u202e\u2066-\u2069]/g) ?? []).map(() => 'a mark that reorders'),
  ])
}

/** Every address that a payload leads to: links in texts, and buttons. */
export function linksOf(payload: unknown): string[] {
  const urls = (thing: unknown): string[] => {
    if (Array.isArray(thing)) return thing.flatMap(urls)
    if (typeof thing !== 'object' || thing === null) return []
    const { url, ...rest } = thing as Thing
    return [...(typeof url === 'string' ? [url] : []), ...Object.values(rest).flatMap(urls)]
  }
  const inTexts = textsOf(payload)
    .filter(({ type }) => type === 'mrkdwn')
    .flatMap(({ text }) => readMrkdwn(text).flatMap((run) => (run.as === 'link' ? [run.to] : [])))
  return [...inTexts, ...urls(payload)]
}
