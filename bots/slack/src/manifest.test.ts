import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { commands } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { EVENTS, manifest, SHORTCUTS } from './manifest.ts'
import { BOT_SCOPES, FREE_METHODS, OPTIONAL_SCOPES, SCOPES } from './scopes.ts'

const code = globSync('**/*.ts', { cwd: import.meta.dirname })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(resolve(import.meta.dirname, file), 'utf8'))
  .join('\n')
const found = (pattern: RegExp): string[] => [...new Set([...code.matchAll(pattern)].map(([, name]) => name!))].sort()
const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort()

const METHOD =
  /\.((?:admin|apps|auth|bookmarks|bots|canvases|chat|conversations|dnd|emoji|files|oauth|pins|reactions|reminders|search|team|usergroups|users|views)(?:\.[A-Za-z0-9]+)+)\(/g

test('every method of the Web API in use has its permission, and no permission is asked for without one', () => {
  const known = [...SCOPES.flatMap(({ methods = [] }) => methods), ...FREE_METHODS]
  expect(found(METHOD)).toEqual(sorted(known))
  const idle = SCOPES.filter(({ name, methods, events }) => !methods && !events && name !== 'commands')
  expect(idle).toEqual([])
})

test('the events of the manifest are those that are listened to', () => {
  const heard = [...found(/app\.event\('([a-z_]+)'/g), ...(/app\.message\(/.test(code) ? ['message.im'] : [])]
  expect(sorted(heard)).toEqual(sorted(EVENTS))
  for (const event of SCOPES.flatMap(({ events = [] }) => events)) expect(EVENTS).toContain(event)
})

test('every entry in the menu of a message are listened to', () => {
  expect(found(/SHORTCUTS\.(\w+)\.id/g)).toEqual(sorted(Object.keys(SHORTCUTS)))
})

test('the command is there, and its hint names every command of the product', () => {
  const [command, ...others] = manifest({ mode: 'socket' }).features.slash_commands
  expect(others).toEqual([])
  expect(command!.command).toBe('/cme')
  for (const { name } of commands) expect(command!.usage_hint).toMatch(new RegExp(`\\b${name}\\b`))
})

test('no permission to read what people write to each other is needed', () => {
  expect(BOT_SCOPES.filter((name) => name.endsWith(':history') && !OPTIONAL_SCOPES.includes(name))).toEqual([])
  const { scopes } = manifest({ mode: 'socket' }).oauth_config
  expect(scopes.bot).toEqual(BOT_SCOPES)
  expect(scopes.bot).toEqual(expect.arrayContaining(scopes.bot_optional))
})

test('over HTTP every address is the server’s; over a socket there is none', () => {
  const http = manifest({ mode: 'http', url: 'https://cme.example.org/', rotation: true })
  expect(http.settings).toMatchObject({ socket_mode_enabled: false, token_rotation_enabled: true })
  expect(JSON.stringify(http).match(/https:[^"]+/g)).toEqual([
    'https://cme.example.org/slack/events',
    'https://cme.example.org/slack/oauth_redirect',
    'https://cme.example.org/slack/events',
    'https://cme.example.org/slack/events',
  ])
  expect(JSON.stringify(manifest({ mode: 'socket' }))).not.toContain('https:')
  expect(manifest({ mode: 'socket' }).settings).toMatchObject({
    socket_mode_enabled: true,
    token_rotation_enabled: false,
  })
})

test('docs/slack.md explains each permission as the manifest asks for it', () => {
  const docs = readFileSync(resolve(import.meta.dirname, '../../../docs/slack.md'), 'utf8')
  const rows = docs.split('\n').flatMap((row) => {
    const cells = row.split('|').slice(1, -1)
    return cells.length === 3 && /^ *`[a-z_]+(:[a-z]+)?` *$/.test(cells[0]!) ? [cells.map((cell) => cell.trim())] : []
  })
  expect(rows).toEqual(SCOPES.map(({ name, why, without }) => [`\`${name}\``, why, without ?? 'Needed.']))
})
