import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { drawCard, drawForm, drawHome, drawParts, manifest } from '@cme-commons/slack'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import { gallery } from '../../server/src/gallery.ts'
import { overSlack } from '../support/slack-limits.ts'
import { leaksOf } from '../support/slack-reader.ts'
import { knowledge } from '../support/world.ts'

/** Slack's own description of a manifest, kept outside the repository; without it this test is skipped. */
const schema = fileURLToPath(new URL('../../../shared/contracts/slack-manifest.schema.json', import.meta.url))

const shown = gallery(knowledge)

test('Slack takes every view of the product', () => {
  const wrong = shown.flatMap(({ view, card, form }) => {
    const drawn = card ? drawCard(card) : drawForm(form)
    return [...overSlack(drawn), ...leaksOf(drawn)].map((what) => `${view}: ${what}`)
  })
  expect(wrong).toEqual([])
})

test('every view of the product is one message, with nothing left out', () => {
  const cards = shown.flatMap(({ view, card }) => (card ? [{ view, card }] : []))
  expect(cards.filter(({ card }) => drawParts(card).length > 1).map(({ view }) => view)).toEqual([])
  expect(cards.filter(({ card }) => /…and \d+ more/.test(JSON.stringify(drawCard(card).blocks)))).toEqual([])
})

test('the Home tab takes the first views together', () => {
  const cards = shown.flatMap(({ card }) => (card ? [card] : [])).slice(0, 10)
  expect(overSlack(drawHome(cards))).toEqual([])
})

test.skipIf(!existsSync(schema))('the manifest is one that Slack takes (skipped without its description)', () => {
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats.default(ajv)
  const valid = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))
  for (const made of [
    manifest({ mode: 'socket' }),
    manifest({ mode: 'http', url: 'https://cme.example.org', rotation: true }),
  ]) {
    valid(made)
    expect(valid.errors ?? []).toEqual([])
  }
})
