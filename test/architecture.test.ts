import { globSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Who may import whom: the rooms of the house, bottom up. Each also imports its own files and its own libraries. */
const rooms: Record<string, { path: string; may: readonly string[] }> = {
  core: { path: 'packages/core', may: [] },
  content: { path: 'packages/content', may: ['core'] },
  feeds: { path: 'packages/feeds', may: ['core'] },
  db: { path: 'db', may: ['core'] },
  slack: { path: 'bots/slack', may: ['core'] },
  discord: { path: 'bots/discord', may: ['core'] },
  app: { path: 'packages/app', may: ['core', 'db', 'content'] },
  server: { path: 'server', may: ['core', 'content', 'feeds', 'db', 'app', 'slack', 'discord'] },
}

type File = { path: string; room: string; text: string; imports: readonly string[] }

const files: File[] = Object.entries(rooms).flatMap(([room, { path }]) =>
  globSync(`${path}/src/**/*.ts`, { cwd: root })
    .filter((file) => !file.includes('node_modules') && !file.endsWith('.test.ts'))
    .map((file) => {
      const text = readFileSync(resolve(root, file), 'utf8')
      return { path: file, room, text, imports: importsOf(text) }
    }),
)

function importsOf(text: string): string[] {
  const found = text.matchAll(/^(?:import|export)\b[^'"`;]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm)
  return [...found].map((match) => match[1] ?? match[2] ?? match[3]!)
}

const offenders = (wrong: (file: File) => readonly string[]): string[] =>
  files.flatMap((file) => wrong(file).map((what) => `${file.path}: ${what}`))

describe('who imports whom', () => {
  test('packages import only what stands below them', () => {
    const strangers = offenders(({ room, imports }) =>
      imports
        .filter((name) => name.startsWith('@cme-commons/'))
        .filter((name) => !rooms[room]!.may.includes(name.split('/')[1]!))
        .map((name) => `${room} may not import ${name}`),
    )
    expect(strangers).toEqual([])
  })

  test('nobody reaches into the insides of another package', () => {
    const inside = offenders(({ path, room, imports }) => [
      ...imports.filter((name) => /^@cme-commons\/[^/]+\//.test(name)),
      ...imports.filter(
        (name) =>
          name.startsWith('.') &&
          relative(resolve(root, rooms[room]!.path), resolve(root, dirname(path), name)).startsWith('..'),
      ),
    ])
    expect(inside).toEqual([])
  })

  test('core needs nothing but the Temporal polyfill', () => {
    const libraries = offenders(({ room, imports }) =>
      room === 'core' ? imports.filter((name) => !name.startsWith('.') && name !== 'temporal-polyfill') : [],
    )
    expect(libraries).toEqual([])
  })

  test('app takes types alone from the content', () => {
    const values = offenders(({ room, text }) =>
      room === 'app' && /import (?!type\b)[^;]*?'@cme-commons\/content'/.test(text)
        ? ['imports values of the content']
        : [],
    )
    expect(values).toEqual([])
  })

  test('no circles inside a package', () => {
    const edges = new Map(
      files.map(({ path, imports }) => [
        path,
        imports
          .filter((name) => name.startsWith('.'))
          .map((name) => relative(root, resolve(root, dirname(path), name))),
      ]),
    )
    const circles: string[] = []
    const done = new Set<string>()
    const walk = (path: string, trail: readonly string[]) => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
      if (done.has(path) || trail.includes(path)) return
      for (const next of valueImports(path)) walk(next, [...trail, path])
      done.add(path)
    }
    const valueImports = (path: string): string[] => {
      const file = files.find((one) => one.path === path)
      const code = file?.text.replace(/import type [^;]*?from '[^']+'/g, '') ?? ''
      return (edges.get(path) ?? []).filter((to) =>
        importsOf(code).some((name) => relative(root, resolve(root, dirname(path), name)) === to),
      )
    }
    for (const { path } of files) walk(path, [])
    expect(circles).toEqual([])
  })
})

describe('what stays at the edges', () => {
  const pure = ['core', 'app', 'db']

  test('the environment is read in one file', () => {
    expect(
      offenders(({ path, text }) =>
        text.includes('process.env') && path !== 'server/src/config.ts' ? ['process.env'] : [],
      ),
    ).toEqual([])
  })

  test('core, app and db have no clock and no dice', () => {
    const words =
      /Date\.now\(\)|new Date\(\)|Temporal\.Now\.(?!zonedDateTimeISO\(zone\))|Math\.random|randomUUID|randomBytes|performance\.now/
    expect(
      offenders(({ room, text }) => (pure.includes(room) && words.test(text) ? [words.exec(text)![0]] : [])),
    ).toEqual([])
  })

  test('core reads and writes nothing', () => {
    expect(
      offenders(({ room, imports }) => (room === 'core' ? imports.filter((name) => name.startsWith('node:')) : [])),
    ).toEqual([])
  })

  test('transactions are opened by inTx alone', () => {
    expect(
      offenders(({ path, text }) =>
        /\.transaction\(\)/.test(text) && path !== 'db/src/tx.ts' ? ['opens a transaction'] : [],
      ),
    ).toEqual([])
  })

  test('nothing is fetched with the global fetch', () => {
    expect(
      offenders(({ text }) => (/(?<![\w.])fetch\(/.test(text) ? ['fetch('] : [])).filter(
        (one) => !one.includes('/client/'),
      ),
    ).toEqual([])
  })
})

describe('a house one can live in', () => {
  test('no file is longer than 300 lines, and most are near 60 to 90', () => {
    const lengths = files
      .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
      .sort((a, b) => a.lines - b.lines)
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([])
    expect(lengths[Math.floor(lengths.length / 2)]!.lines).toBeLessThanOrEqual(90)
  })
})
