import { itemOf, narrowed } from '@cme-commons/app'
import { cut, plainMoment, readSearch, summary, topicName } from '@cme-commons/core'
import { itemsNumbered, searchItems } from '@cme-commons/db'
import type { Command } from 'commander'
import type { House } from '../house.ts'
import { several } from './options.ts'
import { Refusal } from './refusal.ts'
import { withHouse } from './with-house.ts'

const FILTERS = ['topic', 'body', 'region', 'track'] as const
type Options = {
  topic?: string[]
  body?: string[]
  region?: string[]
  track?: string[]
  since?: string
  relevance?: boolean
  limit: string
  space?: string
  json?: boolean
}

/** `news search`: the archive by its words, newest first or best match first. */
export const newsSearchCommand = (news: Command): Command =>
  news
    .command('search')
    .description('Search the archive: words, "a phrase", beginn*, -without; all must hold')
    .argument('<words...>')
    .option('--topic <id>', 'about a topic; may be given several times', several)
    .option('--body <id>', 'about a body, such as accme', several)
    .option('--region <id>', 'from a region: us, eu, ca or intl', several)
    .option('--track <id>', 'for a track', several)
    .option('--since <day>', 'published on this day or later, as in 2026-01-31')
    .option('--relevance', 'the best match first instead of the newest')
    .option('--limit <n>', 'at most so many, up to 1000', '20')
    .option('--space <id>', 'with what this space has for itself')
    .option('--json', 'one JSON object a line')
    .action((words: string[], options: Options) => withHouse((house) => find(house, words, options)))

/** A word of the shell with blanks in it was quoted there, which is how one says a phrase. */
const phrase = (word: string): string => (/\s/.test(word) && !word.includes('"') ? `"${word}"` : word)

async function find({ db, content }: House, words: string[], options: Options): Promise<void> {
  const limit = Number(options.limit)
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new Refusal('--limit is a whole number from 1 to 1000.')
  const typed = readSearch(words.length === 1 ? words[0]! : words.map(phrase).join(' '))
  if (typed.terms.length === 0) throw new Refusal('There is no word to look for: say at least one that must be there.')
  const given = FILTERS.flatMap((name) => (options[name] ?? []).map((value) => ({ name, value })))
  const since = options.since ? [{ name: 'since' as const, value: options.since }] : []
  const filters = narrowed({ ...typed, filters: [...typed.filters, ...given, ...since] }, content)
  if ('unknown' in filters) {
    const { name, value } = filters.unknown
    throw new Refusal(
      name === 'since' ? '--since is a day as in 2026-01-31.' : `"${value}" is no ${name} of the content.`,
    )
  }
  const order = options.relevance ? 'relevance' : typed.order
  const { space } = options
  const numbers = await searchItems(db.read, { terms: typed.terms, order, ...filters, limit, space })
  const items = (await itemsNumbered(db.read, numbers, space)).map((row) => itemOf(row))
  for (const item of items)
    console.log(
      options.json
        ? JSON.stringify(item)
        : [
            `${item.id.padEnd(8)} ${plainMoment(item.published, 'day', 'UTC')}  ${item.title}`,
            `${''.padEnd(8)} ${topicName(content, item.topic)}${item.link ? ` · ${item.link}` : ''}`,
            ...(summary(item) ? [`${''.padEnd(8)} ${cut(summary(item), 200)}`] : []),
          ].join('\n'),
    )
  if (items.length === 0 && !options.json) console.log('Nothing in the archive has all of that.')
}
