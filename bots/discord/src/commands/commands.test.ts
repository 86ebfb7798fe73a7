import { commands, type Knowledge, menuEntry, parseCommand } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { overCommands } from '../../../../test/support/discord-limits.ts'
import { drawText } from '../render/text.ts'
import { commandsOf } from './bodies.ts'
import { completionOf, decodeCommand, textOf } from './decode.ts'
import { difference, isSame } from './difference.ts'
import { asTyped } from './names.ts'

const named = (id: string, name: string) => ({ id, name })
const content = {
  tracks: [named('program', 'Program Developers'), named('academic', 'Academic CME Leaders')],
  regions: [named('us', 'United States'), named('eu', 'Europe')],
} as unknown as Knowledge
const ours = commandsOf(content)
type Sub = {
  name: string
  type: number
  description: string
  options?: Sub[]
  choices?: object[]
  autocomplete?: boolean
}
const subs = (name: string): Sub[] => (ours.find((one) => one.name === name) as unknown as { options: Sub[] }).options
const TOPS = ['cme', 'cme-conf', 'cme-admin'] as const

test('the commands keep every rule of Discord, with room for more', () => {
  expect(overCommands(ours)).toEqual([])
  for (const top of TOPS) expect(subs(top).length).toBeLessThanOrEqual(25)
})

test('everybody has /cme, in the order of its sections; moderators have /cme-admin, for who manages the server', () => {
  expect([...subs('cme'), ...subs('cme-conf')].map(({ name }) => name).sort()).toEqual(
    commands
      .filter(({ name }) => !menuEntry(name).moderators)
      .map(({ name }) => name)
      .sort(),
  )
  expect(ours.find(({ name }) => name === 'cme-admin')).toMatchObject({
    name: 'cme-admin',
    default_member_permissions: 32,
    contexts: [0],
  })
  expect(
    subs('cme-admin')
      .map(({ description }) => description)
      .join(),
  ).not.toMatch(/Moderators: |·/)
})

test('a card says what is typed on Discord, wherever a command stands there', () => {
  expect(asTyped('/cme setup')).toBe('/cme-admin setup')
  expect(asTyped('/cme digest here')).toBe('/cme digest here')
  expect(asTyped('/cme')).toBe('/cme')
  expect(drawText([{ code: '/cme suggestions' }])).toBe('`/cme-admin suggestions`')
})

test('each line of the picker begins with its section, and no section comes twice', () => {
  const sections = subs('cme').map(({ description }) => description.split(' · ')[0])
  const runs = sections.filter((section, i) => section !== sections[i - 1])
  expect(runs).toEqual([...new Set(runs)])
})

test('short lists are choices, long ones complete', () => {
  const option = (name: string) => subs('cme').find((sub) => sub.name === name)?.options?.[0]
  expect(option('track')?.choices).toEqual([
    { name: 'Program Developers', value: 'program' },
    { name: 'Academic CME Leaders', value: 'academic' },
  ])
  expect(option('what')).toMatchObject({ name: 'term', autocomplete: true })
  expect(option('step')).toMatchObject({ name: 'name', autocomplete: true, required: true })
})

test('every line of the picker says what typing it would say', () => {
  for (const sub of TOPS.flatMap(subs))
    for (const verb of sub.type === 2 ? sub.options! : [undefined]) {
      const options = [{ ...sub, options: verb ? [{ ...verb, options: [] }] : [] }]
      const action = decodeCommand({ type: 1, name: 'cme', options } as never)
      expect(action).toEqual(parseCommand(verb ? `${sub.name} ${verb.name}` : sub.name))
      expect(action.do).not.toBe('unknown')
    }
})

test('what was typed into an option follows the command', () => {
  const typed = (...options: object[]) => ({ type: 1, name: 'cme', id: '1', options }) as never
  expect(textOf(typed({ name: 'news', type: 1, options: [{ name: 'about', type: 3, value: 'EACCME' }] }))).toBe(
    'news EACCME',
  )
  expect(
    decodeCommand(
      typed({
        name: 'digest',
        type: 2,
        options: [{ name: 'snooze', type: 1, options: [{ name: 'until', type: 3, value: '2w' }] }],
      }),
    ),
  ).toEqual({ do: 'digest.snooze', until: '2w' })
  expect(decodeCommand(typed({ name: 'digest', type: 2, options: [{ name: 'show', type: 1 }] }))).toEqual({
    do: 'digest',
  })
})

test('a message is explained or suggested, also one that a bot wrote; of a person the letters behind the name', () => {
  const message = (name: string, rest: object) =>
    decodeCommand({
      type: 3,
      name,
      id: '1',
      target_id: '9',
      resolved: { messages: { 9: { content: '', embeds: [], ...rest } } },
    } as never)
  expect(message('Explain the letters', { content: 'EACCME grants ECMECs' })).toEqual({
    do: 'explain',
    text: 'EACCME grants ECMECs',
  })
  expect(
    message('Explain the letters', { components: [{ type: 17, components: [{ type: 10, content: 'CHCP' }] }] }),
  ).toEqual({ do: 'explain', text: 'CHCP' })
  expect(message('Suggest for the digest', { content: 'https://accme.org/news' })).toEqual({
    do: 'suggest',
    text: 'https://accme.org/news',
  })
  expect(message('Explain the letters', {})).toEqual({ do: 'explain' })
  const person = {
    type: 2,
    name: 'Explain the letters',
    id: '1',
    target_id: '9',
    resolved: { users: { 9: { username: 'jo', global_name: 'Jo' } }, members: { 9: { nick: 'Jo, MD, CHCP' } } },
  }
  expect(decodeCommand(person as never)).toEqual({ do: 'explain', text: 'Jo, MD, CHCP' })
})

test('an option that completes says what is typed there, and what it is', () => {
  const typing = (...options: object[]) => completionOf({ options } as never)
  const about = { name: 'about', type: 3, value: 'eac', focused: true }
  expect(typing({ name: 'news', type: 1, options: [about] })).toEqual({ what: 'about', typed: 'eac' })
  expect(typing({ name: 'explain', type: 1, options: [{ ...about, name: 'text' }] })).toBeUndefined()
  expect(typing()).toBeUndefined()
})

/** The commands as the API tells them after they were registered: with ids, versions and every default filled in. */
const registered = (commands: readonly object[]): object[] =>
  structuredClone(commands).map((command, i) => ({
    ...{
      id: String(i),
      application_id: '1',
      version: '2',
      nsfw: false,
      dm_permission: true,
      default_member_permissions: null,
      name_localizations: null,
      description: '',
      description_localizations: null,
    },
    ...command,
    ...('default_member_permissions' in command ? { default_member_permissions: '32' } : {}),
    contexts: [...(command as { contexts: number[] }).contexts].reverse(),
    ...('options' in command ? { options: filledIn(command.options as object[]) } : {}),
  }))
const filledIn = (options: readonly object[]): object[] =>
  options.map((option) => {
    const { required, ...rest } = option as { required?: boolean; options?: object[] }
    return {
      ...rest,
      name_localizations: null,
      ...(required ? { required } : {}),
      ...(rest.options ? { options: filledIn(rest.options) } : {}),
    }
  })

test('what is registered as it is differs in nothing', () => {
  expect(isSame(difference(registered(ours), ours))).toBe(true)
})

test('the difference says what would be created, changed and removed', () => {
  const before = registered(ours) as { name: string; options: Sub[] }[]
  before[0]!.options = before[0]!.options.filter(({ name }) => name !== 'step')
  const digest = before[0]!.options.find(({ name }) => name === 'digest')!
  digest.options![0]!.description = 'Something older'
  before.push({ name: 'old', options: [] })
  expect(difference(before, ours)).toEqual({
    created: ['/cme step'],
    changed: ['/cme', '/cme digest show'],
    removed: ['/old'],
  })
  expect(difference([], ours).created).toContain('“Suggest for the digest” on a message')
})
