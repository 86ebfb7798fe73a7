import { previewItems } from '@cme-commons/app'
import { digestCard, type Filter, plain } from '@cme-commons/core'
import type { Command } from 'commander'
import type { House } from '../house.ts'
import { cardHtml } from '../html/card.ts'
import { several, since } from './options.ts'
import { Refusal } from './refusal.ts'
import { withHouse } from './with-house.ts'

type Options = {
  track?: string[]
  region?: string[]
  body?: string[]
  topic?: string[]
  since?: string
  max: string
  space?: string
  format: string
}

export function digestCommand(program: Command): Command {
  const digest = program.command('digest').description('Preview what a reader would get now')
  digest
    .command('preview')
    .description('The digest that a reader with this filter would get of what is in the archive')
    .option('--track <id>', 'a track; may be given several times', several)
    .option('--region <id>', 'a region: us, eu, ca or intl', several)
    .option('--body <id>', 'a body, such as accme', several)
    .option('--topic <id>', 'a topic, such as standards-integrity', several)
    .option('--since <date>', 'from this day on; two weeks back if not given', since)
    .option('--max <n>', 'at most how many items', '8')
    .option('--space <id>', 'with the news as this space has it, instead of as everybody does')
    .option('--format <format>', 'text, html or json', 'text')
    .action((options: Options) => withHouse((house) => preview(house, options)))
  return digest
}

async function preview({ db, content, clock }: House, options: Options): Promise<void> {
  const known = (kind: 'tracks' | 'regions' | 'bodies' | 'topics', ids: string[] = []): string[] => {
    const list = content[kind].map((entry) => entry.id)
    const stranger = ids.find((id) => !list.includes(id))
    if (stranger) throw new Refusal(`"${stranger}" is not one of the ${kind}: ${list.join(', ')}.`)
    return ids
  }
  const max = Number(options.max)
  if (!Number.isInteger(max) || max < 1 || max > 100) throw new Refusal('--max is a whole number from 1 to 100.')
  if (!['text', 'html', 'json'].includes(options.format)) throw new Refusal('--format is text, html or json.')
  const filter: Filter = {
    tracks: known('tracks', options.track),
    regions: known('regions', options.region),
    bodies: known('bodies', options.body),
    topics: known('topics', options.topic),
    muted: [],
    max,
  }
  const items = await previewItems(db.read, filter, content, clock.now(), options.since, options.space)
  const card = digestCard(
    { id: 'preview', filter, items: items.map((item) => item.id), at: clock.now() },
    items,
    content,
  )
  if (options.format === 'json') console.log(JSON.stringify({ filter, items, card }))
  else if (items.length === 0)
    console.log(
      'Nothing in the archive passes this filter in that time. "cme feeds list" shows what is read; --since goes further back.',
    )
  else console.log(options.format === 'html' ? String(cardHtml(card)) : plain(card))
}
