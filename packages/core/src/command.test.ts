import { expect, test } from 'vitest'
import { commands, nearestCommand, parseCommand } from './command.ts'

test.each([
  ['', { do: 'home' }],
  ['/cme', { do: 'home' }],
  ['/cme news EACCME', { do: 'news', about: 'EACCME' }],
  ['NEWS', { do: 'news' }],
  ['digest', { do: 'digest' }],
  ['digest start', { do: 'digest.start' }],
  ['/cme digest here', { do: 'digest.start', here: 'yes' }],
  ['digest snooze 2w', { do: 'digest.snooze', until: '2w' }],
  ['digest dance', { do: 'unknown', said: 'digest dance' }],
  ['track program developers', { do: 'track.choose', track: 'program developers' }],
  ['what ECMEC', { do: 'what', term: 'ECMEC' }],
  ['define regularly scheduled series', { do: 'what', term: 'regularly scheduled series' }],
  ['what', { do: 'what' }],
  ['/cme explain EACCME\ngrants ECMECs', { do: 'explain', text: 'EACCME\ngrants ECMECs' }],
  ['explain', { do: 'explain' }],
  ['/cme path', { do: 'path' }],
  ['milestones', { do: 'progress' }],
  ['needs', { do: 'needs.show' }],
  ['/cme needs Review', { do: 'needs.review' }],
  ['activity', { do: 'activity.show' }],
  ['/cme reviews', { do: 'reviews' }],
  ['stop', { do: 'stop' }],
  ['/cme Unsubscribe', { do: 'stop' }],
  ['stop nudges', { do: 'nudges.stop' }],
  ['stop reminding me', { do: 'nudges.stop' }],
  ['unsubscribe digest', { do: 'digest.stop' }],
  ['stop it please', { do: 'stop' }],
  ['Thanks!', { do: 'thanks' }],
  ['thank you so much', { do: 'thanks' }],
  ['/cme link', { do: 'link' }],
  ['link abcd-efgh', { do: 'link', code: 'abcd-efgh' }],
  ['/cme unlink', { do: 'unlink' }],
  ['cmepalooza', { do: 'unknown', said: 'cmepalooza' }],
])('"%s" is understood', (text, action) => {
  expect(parseCommand(text)).toEqual(action)
})

test('a long text is explained up to ten thousand characters; other commands take three hundred', () => {
  const long = 'PARS '.repeat(4000)
  const { text } = parseCommand(`explain ${long}`) as { text: string }
  expect(text.length).toBeGreaterThan(9900)
  expect(long.startsWith(text)).toBe(true)
  expect(parseCommand(`what ${long}`)).toEqual({ do: 'what', term: long.slice(0, 300).trim() })
  expect((parseCommand(long) as { said: string }).said.length).toBe(300)
})

test('a slip of the finger finds the command that was meant', () => {
  expect(nearestCommand('digets')?.name).toBe('digest')
  expect(nearestCommand('hlep')?.name).toBe('help')
  expect(nearestCommand('accreditation')).toBeUndefined()
})

test('the usage of every command is a command', () => {
  for (const command of commands) expect(parseCommand(command.usage.split(' ')[0]!)).not.toHaveProperty('said')
})
