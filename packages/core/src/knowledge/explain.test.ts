import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explain } from './explain.ts'
import type { Term } from './onboarding.ts'

const term = (letters: string, rest: Partial<Term> = {}): Term => ({
  id: letters.toLowerCase().replace(/\W+/g, '-'),
  letters,
  name: `the name of ${letters}`,
  jurisdiction: 'us',
  says: 'Made up for the test.',
  source: 'made up',
  checked: '2026-11-23',
  confidence: 'verified',
  ...rest,
})
const ACRONYMS = ['ACCME', 'EACCME', 'ECMEC', 'PARS', 'JA-PARS', 'ACEhp', 'xAPI', 'cmi5', 'M&M', 'AMA']
const glossary = [
  ...ACRONYMS.map((letters) => term(letters)),
  term('AMA PRA'),
  term('AMA PRA Category 1 Credit', { also: ['AMA PRA category 1 credit'] }),
  term('GAME', { near: ['CME', 'ACCME', 'medical'] }),
  term('ineligible company'),
  term('Open Payments'),
  term('gap'),
  term('MOC'),
  term('MOC', { id: 'moc-ca', jurisdiction: 'ca' }),
]
const said = (text: string) => explain(glossary, text).map(({ said }) => said)

test.each([
  ['EACCME is not ACCME', ['EACCME', 'ACCME']],
  ['EACCME-accredited, NON-ACCME', ['EACCME', 'ACCME']],
  ['ACCME2, XACCME, ACCMEX, accme, Accme', []],
  ['the ACCME’s rules, ACCME again and two ACCMEs', ['ACCME']],
  ['ECMEC®s and ECMECs', ['ECMEC®s']],
  ['JA-PARS, then PARS', ['JA-PARS', 'PARS']],
  ['ja pars and JA PARS', ['JA PARS']],
  ['*AMA PRA Category 1 Credit(s)*™ of the AMA', ['AMA PRA Category 1 Credit(s)', 'AMA']],
  ['1.5 AMA PRA Category 1 Credits™', ['AMA PRA Category 1 Credits™']],
  ['AMA PRA\n  Category 1 Credit™', ['AMA PRA\n  Category 1 Credit™']],
  ['AMA PRA Category 2', ['AMA PRA']],
  ['the AMA. PRA', ['AMA']],
  ['Ineligible companies and an ineligible\ncompany', ['Ineligible companies']],
  ['open payments are open; Open Payments and OPEN PAYMENTS are not', ['Open Payments']],
  ['ACEhp, ACEHP, xAPI, CMI5, M&M', ['ACEhp', 'xAPI', 'CMI5', 'M&M']],
  ['mind the gap between gaps', []],
  ['https://accme.org/ACCME, <https://x.org|PARS>, PARS@example.org, @ECMEC', ['PARS']],
])('in “%s” these are explained: %j', (text, letters) => {
  expect(said(text)).toEqual(letters)
})

test.each([
  ['Let the game begin', []],
  ['GAME', []],
  ['At GAME we met people from ACCME', ['GAME', 'ACCME']],
  ['GAME, EACCME, ACCME', ['GAME', 'EACCME', 'ACCME']],
  ['WE PLAY THE GAME OF MEDICAL LIFE', []],
  ['A fun night. IT IS A GAME AND IT IS MEDICAL, TOO', []],
])('letters that are a word need company: in “%s” %j', (text, letters) => {
  expect(said(text)).toEqual(letters)
})

test('what letters mean where she works comes first', () => {
  const [moc] = explain(glossary, 'MOC', 'ca')
  expect(moc).toMatchObject({ at: 0, terms: [{ id: 'moc-ca' }, { id: 'moc' }] })
})

const piece = fc.oneof(
  fc.constantFrom(
    ...ACRONYMS,
    'AMA PRA Category 1 Credit',
    'GAME',
    'MOC',
    'the',
    'medical',
    ' ',
    '-',
    '®',
    '(s)',
    '\n',
    '.',
    's',
  ),
  fc.string({ maxLength: 5, unit: 'grapheme' }),
)
const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))

test('whatever the text: each term once, in order of appearance, where it says, and nothing overlaps', () => {
  fc.assert(
    fc.property(text, (text) => {
      let end = 0
      const found = explain(glossary, text)
      for (const { said, at } of found) {
        expect(text.slice(at, at + said.length)).toBe(said)
        expect(at).toBeGreaterThanOrEqual(end)
        end = at + said.length
      }
      const ids = found.flatMap(({ terms }) => terms.map(({ id }) => id))
      expect(new Set(ids).size).toBe(ids.length)
    }),
  )
})

test('every one of the letters is found among ordinary words, in order, whatever stands between', () => {
  const between = fc.constantFrom(', ', '. ', ' and ', '; (', '\n\n', ' – also ')
  fc.assert(
    fc.property(
      fc.shuffledSubarray(ACRONYMS, { minLength: 1 }),
      fc.array(between, { minLength: 10, maxLength: 10 }),
      (letters, gaps) => {
        const text = letters.map((one, i) => `${one}${gaps[i]}`).join('')
        expect(said(text)).toEqual(letters)
      },
    ),
  )
})

test('letters inside another word are never explained', () => {
  const letter = fc.stringMatching(/^[A-Za-z0-9é]{1,4}$/).filter((more) => more !== 's')
  fc.assert(
    fc.property(fc.constantFrom('ACCME', 'EACCME', 'ECMEC', 'AMA'), letter, (letters, more) => {
      fc.pre(!ACRONYMS.includes(more + letters))
      expect(said(`the ${letters}${more} of ${more}${letters}`)).toEqual([])
    }),
  )
})

test('a text of small letters has none of the acronyms', () => {
  const only = glossary.filter(({ letters }) => ACRONYMS.includes(letters) && letters !== 'cmi5')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(explain(only, text.toLowerCase())).toEqual([])
    }),
  )
})

test('ten thousand characters of anything are answered', () => {
  fc.assert(
    fc.property(
      piece.filter((one) => one !== ''),
      (one) => {
        const long = one.repeat(10_000).slice(0, 10_000)
        expect(explain(glossary, long).length).toBeLessThanOrEqual(2)
      },
    ),
  )
})
