import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Press } from './action.ts'
import { decodeAction, encodeAction } from './action-codec.ts'

const word = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
const press = fc.oneof(
  fc.constantFrom<Press>(
    { do: 'home' },
    { do: 'digest' },
    { do: 'digest.start', here: 'yes' },
    { do: 'news', before: 7 },
  ),
  fc.record({ do: fc.constant('track.choose' as const), track: word }),
  fc.record({ do: fc.constant('digest.mute' as const), topic: word, subscription: word }),
  fc.record({ do: fc.constant('what' as const), term: word }),
  fc.record({ do: fc.constant('explain' as const), text: word }),
  fc.record({ do: fc.constant('needs.form' as const), form: word }),
  fc.record({ do: fc.constant('reviews.form' as const), review: word, part: fc.nat(9) }),
  fc.record({ do: fc.constant('step' as const), step: word }),
  fc.record({ do: fc.constant('answer' as const), step: word, question: word, option: fc.nat(9) }),
  fc.record({ do: fc.constant('digest.rest' as const), digest: word, from: fc.nat(1000) }),
)

test('a button carries its action there and back, whatever its words are', () => {
  fc.assert(
    fc.property(press, (press) => {
      expect(decodeAction(encodeAction(press))).toEqual(press)
    }),
  )
})

test('what is not one of our buttons is nothing, and never an error', () => {
  fc.assert(
    fc.property(fc.string(), (id) => {
      expect(decodeAction(id)).toBeUndefined()
    }),
  )
  for (const id of [
    'cme1:digest.rest:d1',
    'cme1:digest.rest:d1:x',
    'cme1:home:extra',
    'cme1:toString',
    'cme2:home',
    'cme1:digest.mute:%',
    'cme1:form.submit:x',
  ])
    expect(decodeAction(id)).toBeUndefined()
})

test('ids fit a button of both platforms', () => {
  const longest = 'x'.repeat(40)
  expect(encodeAction({ do: 'answer', step: longest, question: longest, option: 3 }).length).toBeLessThanOrEqual(100)
  expect(
    encodeAction({ do: 'digest.why', digest: `d${'x'.repeat(20)}`, subscription: 's1234567890' }).length,
  ).toBeLessThanOrEqual(100)
})
