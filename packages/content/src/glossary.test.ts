import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  encodeAction,
  explain,
  explainCard,
  glossaryCard,
  lookup,
  overCard,
  type Press,
  plain,
  termCard,
  unknownTermCard,
} from '@cme-commons/core'
import { afterEach, describe, expect, test } from 'vitest'
import { load } from './load.ts'

const DATA = fileURLToPath(new URL('../data', import.meta.url))
const FILE = 'onboarding/glossary.yaml'
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const loaded = load(undefined, '2026-11-23')
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
const { glossary } = loaded.knowledge
const letters = (text: string) => explain(glossary, text).map(({ terms }) => terms[0]!.letters)
const idOf = (act: object) => encodeAction(act as Press)

/** Problems of a copy of the content in whose glossary `from` is `to`, as "line say". */
function problems(...slips: [from: string, to: string][]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'glossary-'))
  folders.push(folder)
  cpSync(DATA, folder, { recursive: true })
  let text = readFileSync(join(folder, FILE), 'utf8')
  for (const [from, to] of slips) {
    expect(text).toContain(from)
    text = text.replace(from, to)
  }
  writeFileSync(join(folder, FILE), text)
  const again = load(folder, '2026-11-23')
  return 'problems' in again
    ? again.problems.map(({ file, line, say }) => {
        expect(file).toBe(FILE)
        return `${text.split('\n')[line - 1]!.trim()} → ${say}`
      })
    : []
}

describe('the glossary', () => {
  test('has the letters that the field uses, on both sides of the ocean', () => {
    expect(glossary.length).toBeGreaterThanOrEqual(130)
    for (const [jurisdiction, least] of Object.entries({ us: 80, eu: 20, ca: 10, uk: 5, intl: 30 }))
      expect(glossary.filter((term) => term.jurisdiction === jurisdiction).length, jurisdiction).toBeGreaterThan(least)
    const known =
      'ACCME EACCME ECMEC UEMS LEE ELM PARS JA-PARS IPCE ACPE PI RSS MOC REMS CHCP SACME GAME CACME RCPSC GMC'
    for (const one of known.split(' ')) expect(lookup(glossary, one).found.length, one).toBeGreaterThan(0)
  })

  test('says what the letters mean here: a series, not a feed; a Canadian MOC for Canadians', () => {
    expect(lookup(glossary, 'RSS').found.map(({ name }) => name)).toEqual(['regularly scheduled series'])
    expect(lookup(glossary, 'MOC', 'ca').found.map(({ jurisdiction }) => jurisdiction)).toEqual(['ca', 'us'])
    expect(lookup(glossary, 'ACPE').found).toHaveLength(2)
    expect(lookup(glossary, 'PI').found).toHaveLength(2)
  })

  test('every term is found by its letters and its name, and by its id alone', () => {
    for (const term of glossary) {
      expect(lookup(glossary, term.letters).found, term.id).toContain(term)
      expect(lookup(glossary, term.id).found, term.id).toEqual([term])
      expect(lookup(glossary, term.name).found.length, term.name).toBeGreaterThan(0)
    }
  })

  test('every card of it fits every platform', () => {
    const all = glossary.map((term) => ({ said: term.letters, at: 0, terms: [term] }))
    const cards = [
      ...glossary.map((term) => termCard([term], glossary)),
      ...glossary.map((term) => termCard(lookup(glossary, term.letters).found, glossary)),
      termCard(glossary, glossary),
      glossaryCard(glossary),
      explainCard(all, glossary),
      ...all.map((one) => explainCard([one], glossary)),
      unknownTermCard('x'.repeat(500), glossary.slice(0, 6), glossary),
    ]
    expect(cards.flatMap((card) => overCard(card, idOf).map((what) => `${card.title}: ${what}`))).toEqual([])
  })

  test('speaks as the field does: no verdicts, no raised voice, credit with its mark', () => {
    const text = glossary.map((term) => plain(termCard([term], glossary))).join('\n')
    expect(text).not.toMatch(/\bis accredited\b|\bcompl(?:y|ies|iant)\b|!|\bACCME-accredited\b/)
    expect(text).not.toMatch(/AMA PRA Category [12] Credits?(?!s?™)/)
    expect(glossary.filter(({ confidence }) => confidence === 'uncertain')).toEqual([])
  })

  test('marks the credit in italics', () => {
    const facts = termCard(lookup(glossary, 'ecmec').found, glossary).blocks.find(({ kind }) => kind === 'facts')
    expect(JSON.stringify(facts)).toContain('{"em":"AMA PRA Category 1 Credit"},"™"')
  })
})

describe('a pasted text', () => {
  test.each([
    [
      'Our congress applied to EACCME for 12 ECMECs; can US members convert them to AMA PRA Category 1 Credit(s)™?',
      ['EACCME', 'ECMEC', 'AMA PRA Category 1 Credit'],
    ],
    ['Grand rounds are an RSS, so enter them in PARS (or JA-PARS) by 31 March.', ['RSS', 'PARS', 'JA-PARS']],
    ['The SAP team met at the game in Philadelphia, PA. Jane Roe, MD, asked us: what do IT and HR think?', []],
    ['He paid the lee shore no heed; elm trees, a pars, his mate. The alliance copes with pi and a pro.', []],
    ['Elm and Lee wrote to the Alliance for Health about section 1 of the Royal College of Art.', []],
    ['PLEASE DO NOT MISS THE GAME. IT IS FOR US ALL.', []],
    ['Physicians DO need it. CC: the board. A NICE day at the SPA.', []],
    ['CME Group reports futures on the CME', ['CME Group', 'CME']],
    ['The PI of the trial is an ineligible company’s SME', ['PI', 'ineligible company']],
  ])('“%s” has %j', (text, expected) => {
    expect(letters(text)).toEqual(expected)
  })

  test('a letter of thanks has nothing to explain', () => {
    const letter = `Dear Sara, thank you for the lovely day. We had a good look at the program and would like to help with
      the room, the lunch and the signs. As for credit, let us talk on Monday; I will be in the office all day. It was a pro job.`
    expect(letters(letter)).toEqual([])
  })
})

describe('a glossary with slips', () => {
  test('names unknown keys, jurisdictions and lengths with their lines', () => {
    expect(
      problems(
        ['  jurisdiction: eu\n', '  jurisdiction: europe\n'],
        ['  see: [eaccme, ama-pra-1, uems]', '  sea: [eaccme, ama-pra-1, uems]'],
        ['  letters: PARS\n', `  letters: ${'PARS'.repeat(20)}\n`],
      ),
    ).toEqual([
      expect.stringContaining('`letters`: at most 60 characters'),
      expect.stringMatching(/^jurisdiction: europe → `jurisdiction` must be one of us, eu, uk, ca, intl/),
      expect.stringContaining('`sea` is not a key'),
    ])
  })

  test('names doubles, references into nothing and days to come with their lines', () => {
    const says = problems(
      ['- id: lee\n', '- id: ecmec\n'],
      ['  see: [eaccme, ama-pra-1, uems]', '  see: [eacme, ecmec]'],
      ['- id: pi-trial', '- id: pi'],
    )
    expect(says).toEqual(
      expect.arrayContaining([
        '- id: ecmec → the id `ecmec` is used twice; give this term another one.',
        '- id: pi → `pi` are the letters of another term; give this one an id of its own, such as `pi-intl`.',
        'see: [eacme, ecmec] → `ecmec` refers to itself; remove it.',
        'see: [eacme, ecmec] → there is no term with the id `eacme`; correct it or add the term.',
        'see: [eaccme, lee] → there is no term with the id `lee`; correct it or add the term.',
      ]),
    )
    expect(
      problems(['  name: Association for Clinical Pastoral', '  name: Accreditation Council for Pharmacy']),
    ).toEqual(['letters: ACPE → "ACPE" with this name stands here already as `acpe-pharmacy`; keep it once.'])
    expect(problems(['checked: 2026-11-23', 'checked: 2027-01-01'])).toEqual([
      expect.stringMatching(/^checked: 2027-01-01 → 2027-01-01 lies in the future/),
    ])
  })

  test('a word to stand close by is one word', () => {
    expect(problems(['  near: [macular,', '  near: [the macula,'])).toEqual([
      expect.stringContaining('a word to stand close by is one word'),
    ])
  })
})
