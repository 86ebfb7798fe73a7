import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { cut, type Feed, type Trouble } from '@cme-commons/core'
import { createReader, type Reader, readFile } from '@cme-commons/feeds'
import { readConfig } from '../config.ts'
import { userAgent } from '../house.ts'

const isAddress = (input: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(input)

/** Reads files and addresses without storing anything; exit code 1 when one of them could not be read. */
export async function readFeeds(inputs: readonly string[], json: boolean): Promise<void> {
  const config = readConfig()
  const reader = createReader({ userAgent: userAgent(config), allow: config.allow, maxItems: 5000 })
  try {
    for (const input of inputs.flatMap(filesIn)) {
      const read = await readOne(reader, input)
      if ('trouble' in read) process.exitCode = 1
      if (json) console.log(JSON.stringify(lineOf(input, read)))
      else show(input, read)
    }
  } finally {
    await reader.close()
  }
}

/** A folder stands for all files below it, in order of their names. */
function filesIn(input: string): string[] {
  if (isAddress(input) || !statSync(input, { throwIfNoEntry: false })?.isDirectory()) return [input]
  return readdirSync(input, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

type Read = { feed: Feed } | { trouble: Trouble }

async function readOne(reader: Reader, input: string): Promise<Read> {
  if (!isAddress(input)) {
    const file = await readFile(input)
    return 'trouble' in file ? file : reader.parse(file.bytes)
  }
  const reading = await reader.read(input)
  if (reading.kind === 'items') return { feed: reading.feed }
  return reading.kind === 'trouble'
    ? reading
    : { trouble: { kind: 'not-a-feed', say: 'The server says that nothing changed, though nothing was read before.' } }
}

const lineOf = (input: string, read: Read) =>
  'trouble' in read
    ? { input, ok: false, format: null, title: null, link: null, items: [], trouble: read.trouble }
    : {
        input,
        ok: true,
        format: read.feed.format,
        title: read.feed.title,
        link: read.feed.link ?? null,
        items: read.feed.items.map(({ id, title, link, published, updated, text }) => ({
          id: id ?? null,
          title,
          link: link ?? null,
          published: published ?? null,
          updated: updated ?? null,
          text,
        })),
        trouble: null,
      }

function show(input: string, read: Read): void {
  if ('trouble' in read) {
    console.log(`${input}\n  cannot be read: ${read.trouble.say}\n`)
    return
  }
  const { feed } = read
  console.log(
    `${input}\n  ${feed.format}, ${feed.items.length} items: ${feed.title || '(no title)'}${feed.link ? ` <${feed.link}>` : ''}`,
  )
  for (const item of feed.items.slice(0, 20))
    console.log(
      `  ${(item.published ?? item.updated ?? '').slice(0, 16).replace('T', ' ').padEnd(16)}  ${cut(item.title, 90)}`,
    )
  if (feed.items.length > 20) console.log(`  and ${feed.items.length - 20} more; --json shows them all`)
  console.log('')
}
