import type { Card, Edge } from '@cme-commons/core'
import type { APIInteraction } from 'discord-api-types/v10'
import { expect, onTestFinished, test } from 'vitest'
import { textOf } from '../../../../test/support/discord/person.ts'
import { type Component, fakeDiscord } from '../../../../test/support/discord/server.ts'
import { drawParts } from '../render/card.ts'
import { makeAnsweringRest } from '../rest.ts'
import { answer } from './answer.ts'

const items = Array.from({ length: 200 }, (_, i) => [`Item ${i}, in words that take some room on a page of news.`])
const long: Card = { title: 'Long', blocks: [{ kind: 'list', items }] }
const edge = { apology: () => 'id' } as unknown as Edge

async function discord() {
  const fake = await fakeDiscord()
  onTestFinished(() => fake.close())
  const rest = makeAnsweringRest({ token: fake.state.token, api: fake.api })
  /** Answers with the long card, and tells every message that came of it. */
  return async (about: object, how: { private?: boolean; update?: boolean }) => {
    const id = fake.state.id()
    const interaction = {
      id,
      application_id: fake.state.application,
      token: `token-${id}`,
      type: 2,
      ...about,
    } as unknown as APIInteraction
    await answer(edge, rest, interaction, { do: 'home' }, Promise.resolve({ bodies: drawParts(long), ...how }))
    const first = fake.state.callbacks.get(id)!
    const all = [first.data!, ...(fake.state.followups.get(`token-${id}`) ?? [])]
    return {
      type: first.type,
      hidden: all.map(({ flags }) => (Number(flags) & 64) !== 0),
      text: all.map(({ components }) => textOf(components as Component[])).join('\n'),
    }
  }
}

test('an answer that is longer than a message goes on in messages below it, whole, and seen by the same people', async () => {
  const say = await discord()
  const hers = await say({ guild_id: '100' }, { private: true })
  expect([hers.type, hers.hidden.length > 2, hers.hidden.every(Boolean)]).toEqual([4, true, true])
  for (const [item] of items) expect(hers.text).toContain(item!)
  const everybody = await say({ guild_id: '100' }, {})
  expect(everybody.hidden.some(Boolean)).toBe(false)
  const direct = await say({}, { private: true })
  expect(direct.hidden.some(Boolean)).toBe(false)
})

test('one that replaces her own message does so with its first part, and the rest is for her alone', async () => {
  const say = await discord()
  const replaced = await say(
    { guild_id: '100', type: 3, message: { id: '1', flags: 64 } },
    { private: true, update: true },
  )
  expect(replaced.type).toBe(7)
  expect(replaced.hidden.slice(1).every(Boolean)).toBe(true)
})
