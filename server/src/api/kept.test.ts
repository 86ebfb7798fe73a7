import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { jsonAnswer } from './answer.ts'
import { keepAnswers } from './kept.ts'

/** Counts how often an answer is made; `version` is what the test says. */
function counting(most?: number) {
  const state = { version: 1, made: 0, during: () => {} }
  const kept = keepAnswers(() => state.version, most)
  const app = new Hono().get('/:name', (c) =>
    kept(c, async () => {
      state.made++
      state.during()
      return jsonAnswer({ made: state.made })
    }),
  )
  return { state, ask: async (path: string) => ((await (await app.request(path)).json()) as { made: number }).made }
}

test('an answer is made once for each address until the data changes', async () => {
  const { state, ask } = counting()
  expect([await ask('/a'), await ask('/a'), await ask('/a?x=1'), await ask('/a')]).toEqual([1, 1, 2, 1])
  state.version++
  expect([await ask('/a'), await ask('/a')]).toEqual([3, 3])
})

test('what was made while the data changed is not kept', async () => {
  const { state, ask } = counting()
  state.during = () => {
    state.during = () => {}
    state.version++
  }
  expect(await ask('/a')).toBe(1)
  expect([await ask('/a'), await ask('/a')]).toEqual([2, 2])
})

test('what does not fit leaves, the oldest first', async () => {
  const { ask } = counting(25 + 2 * 502)
  expect([await ask('/a'), await ask('/b'), await ask('/c')]).toEqual([1, 2, 3])
  expect([await ask('/c'), await ask('/b'), await ask('/a')]).toEqual([3, 2, 4])
})
