import { expect, test } from 'vitest'
import { askedOnce } from './asked-once.ts'

const ann = { space: 'T1', user: 'U1' }

test('a platform is asked about a person once a minute, and about each by herself', async () => {
  let now = 0
  const asked: string[] = []
  const ask = askedOnce(
    async (platform, { user }) => {
      asked.push(`${platform} ${user}`)
      return user === 'U1'
    },
    () => now,
  )
  expect([await ask('slack', ann), await ask('slack', ann), await ask('slack', { ...ann, user: 'U2' })]).toEqual([
    true,
    true,
    false,
  ])
  now = 61_000
  await ask('slack', ann)
  expect(asked).toEqual(['slack U1', 'slack U2', 'slack U1'])
})

test('a platform that fails says nothing', async () => {
  const ask = askedOnce(
    () => Promise.reject(new Error('away')),
    () => 0,
  )
  expect(await ask('discord', ann)).toBeUndefined()
})
