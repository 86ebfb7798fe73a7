import { expect, test } from 'vitest'
import { commands, parseCommand } from './command.ts'
import { menuEntry, menuNames } from './command-menu.ts'

test('every command has its place in the menu, and nothing else has', () => {
  expect([...menuNames].sort()).toEqual(commands.map(({ name }) => name).sort())
})

test('every word that may follow a command is understood, and shows something else than another', () => {
  for (const { name } of commands) {
    const verbs = menuEntry(name).verbs ?? []
    const actions = verbs.map((verb) => JSON.stringify(parseCommand(`${name} ${verb.name}`)))
    expect(actions.join()).not.toContain('"unknown"')
    expect(new Set(actions).size).toBe(verbs.length)
    if (verbs.length > 0) expect(parseCommand(`${name} show`)).toEqual(parseCommand(name))
  }
})

test('a step is found by its name as a person writes it', () => {
  expect(parseCommand('step Needs assessment')).toEqual({ do: 'step', step: 'needs-assessment' })
  expect(parseCommand('step')).toEqual({ do: 'path' })
})

test('moderators’ commands say so', () => {
  for (const { name, summary } of commands) if (menuEntry(name).moderators) expect(summary).toMatch(/^Moderators: /)
})
