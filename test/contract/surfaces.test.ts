import {
  type Answers,
  type Button,
  type Card,
  decodeAction,
  encodeAction,
  type Field,
  type Form,
} from '@cme-commons/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gallery } from '../../server/src/gallery.ts'
import { anyCard, anyForm } from '../support/any-card.ts'
import { deliverers, type Trouble } from '../support/deliverers.ts'
import { type Surface, surfaces, untouchedIn } from '../support/surfaces.ts'
import { knowledge } from '../support/world.ts'

const shown = gallery(knowledge)
const cards = shown.flatMap(({ view, card }) => (card ? [{ view, card }] : []))
const forms = shown.flatMap(({ view, form }) => (form ? [{ view, form }] : []))
const ids = (buttons: readonly Button[] = []): string[] =>
  buttons.flatMap((one) => ('act' in one ? [encodeAction(one.act)] : []))
/** Where the whole of a card can be read is drawn by a surface that leaves something out. */
const moreOf = ({ more }: Card): string[] => ids(more ? [more] : [])

/** What a person fills in who changes every field: the last option, the first two, words of her own. */
function answerTo(field: Field, { id }: Surface): string | readonly string[] {
  switch (field.kind) {
    case 'one':
      return field.options.at(-1)!.value
    case 'many':
      return field.options.slice(0, 2).map(({ value }) => value)
    case 'channel':
    case 'role':
      return id
    default:
      return '2027-03: <!channel> @everyone *half* of us'.slice(0, field.max ?? 3000)
  }
}

const fieldsOf = ({ fields }: Form, { lacks }: Surface) => fields.filter(({ kind }) => !lacks.includes(kind))

describe.each(surfaces)('on $name', (surface) => {
  test('every view draws, keeps the limits and calls nobody', () => {
    const wrong = [
      ...cards.map(({ view, card }) => ({ view, ...surface.card(card) })),
      ...forms.map(({ view, form }) => ({ view, ...surface.form(form) })),
    ].flatMap(({ view, wrong, mentions }) => [...wrong, ...mentions].map((what) => `${view}: ${what}`))
    expect(wrong).toEqual([])
    expect([cards.length > 100, forms.length > 20]).toEqual([true, true])
  })

  test('every button of every view is its action again, and no button is anything else', () => {
    for (const { view, card } of cards) {
      const drawn = surface.card(card).presses.map((press) => (press ? encodeAction(press) : 'nothing of ours'))
      const wanted = ids(card.buttons)
      const more = moreOf(card).filter((id) => drawn.includes(id))
      expect([view, [...new Set(drawn)].sort()]).toEqual([view, [...new Set([...wanted, ...more])].sort()])
    }
  })

  test('every form is known by its id, and answers with what was filled in', () => {
    for (const { view, form } of forms) {
      const drawn = surface.form(form)
      expect([view, drawn.id]).toEqual([view, form.id])
      const fields = fieldsOf(form, surface)
      const answers: Answers = Object.fromEntries(fields.map((field) => [field.name, answerTo(field, surface)]))
      expect([view, inFields(drawn.read(answers), fields)]).toEqual([view, answers])
    }
  })

  test('every form that nobody touches answers with what stood in it', () => {
    for (const { view, form } of forms) {
      const fields = fieldsOf(form, surface).filter(({ kind }) => kind !== 'channel' && kind !== 'role')
      const answers: Answers = Object.fromEntries(fields.map((field) => [field.name, untouchedIn(field)]))
      expect([view, inFields(surface.form(form).read({}), fields)]).toEqual([view, answers])
    }
  })

  test('any card draws within the limits, calls nobody and keeps its buttons', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const { wrong, mentions, presses } = surface.card(card)
        expect([wrong, mentions]).toEqual([[], []])
        const drawn = new Set(presses.map((press) => press && encodeAction(press)))
        for (const id of ids(card.buttons))
          if (id.length <= surface.room && decodeAction(id)) expect(drawn).toContain(encodeAction(decodeAction(id)!))
      }),
      { numRuns: 120 },
    )
  })

  test('any form the limits allow is known by its id and gives the choices back that it was opened with', () => {
    fc.assert(
      fc.property(anyForm, (form) => {
        const small = {
          ...form,
          id: form.id.slice(0, 30).toWellFormed(),
          fields: form.fields
            .filter(({ name }, i, all) => all.findIndex((one) => one.name === name) === i)
            .filter((field) => !('options' in field) || field.options.length <= 12)
            .filter((field) => !('value' in field) || (field.value?.length ?? 0) <= 3000),
        }
        const drawn = surface.form(small)
        if (encodeURIComponent(small.id).length <= 80) expect(drawn.id).toBe(small.id)
        expect(drawn.mentions).toEqual([])
        const read = drawn.read({})
        for (const field of small.fields)
          if (field.kind === 'many' && new Set(field.options.map(({ value }) => value)).size === field.options.length)
            expect([...(read[field.name] ?? [])].sort()).toEqual([...untouchedIn(field)].sort())
      }),
      { numRuns: 120 },
    )
  })
})

const inFields = (answers: Answers, fields: readonly Field[]): Answers =>
  Object.fromEntries(fields.flatMap(({ name }) => (answers[name] === undefined ? [] : [[name, answers[name]]])))

const sentence = expect.stringMatching(/^\p{L}.*\p{L}/u)
const stopped = { never: sentence, gone: 'address' }
/** What each trouble makes of a delivery, on whatever surface: what a ledger can rely on. */
const becomes: Record<Trouble, object> = {
  nothing: { done: true, ref: expect.any(String) },
  'too fast': { later: expect.any(Number), why: sentence },
  'trouble of its own': { failed: sentence, doubt: true },
  'no answer': { failed: sentence, doubt: true },
  'the channel is gone': stopped,
  'the person is gone': { never: sentence },
  'it is not allowed there': stopped,
  'the token is refused': {},
  'the message is refused': { never: sentence },
  'an error that nobody documented': {},
}

describe.each(deliverers)('a delivery on $name', ({ start }) => {
  test('ends in one of the outcomes that the ledger knows, whatever it meets', async () => {
    const { meets, attempt } = await start()
    for (const trouble of meets) {
      const outcome = await attempt(trouble)
      expect([trouble, outcome]).toMatchObject([trouble, becomes[trouble]])
      const kinds = ['done', 'later', 'failed', 'never'].filter((kind) => kind in outcome)
      expect([trouble, kinds]).toEqual([trouble, [expect.any(String)]])
      if (trouble !== 'nothing') expect([trouble, kinds]).not.toEqual([trouble, ['done']])
      // Only what a person has to mend stops an address; a message that was made wrong, or what nobody knows, does not.
      if (trouble === 'the message is refused' || trouble === 'an error that nobody documented')
        expect([trouble, outcome]).not.toMatchObject([trouble, { gone: 'address' }])
    }
  })

  test('a token that is refused is told in a sentence that says what to do, and loses nothing', async () => {
    const { meets, attempt } = await start()
    if (!meets.includes('the token is refused')) return
    const outcome = await attempt('the token is refused')
    expect(JSON.stringify(outcome)).toMatch(/token/)
    expect('later' in outcome || ('gone' in outcome && outcome.gone === 'address')).toBe(true)
  })
})
