import { expect, test } from 'vitest'
import { tokens } from './tokens.ts'

const exact = (text: string) => tokens(text).map((token) => token.exact)
const folded = (text: string) => tokens(text).map((token) => token.folded)

test('a body is the same name with a mark, a plural or a possessive', () => {
  expect(exact('EACCME® EACCME®’s ECMEC®s ACCMEs ACCME’s ACCME-accredited UEMS/EACCME JA-PARS')).toEqual(
    'EACCME EACCME ECMEC ACCME ACCME ACCME accredited UEMS EACCME JA PARS'.split(' '),
  )
  expect(exact('the A.C.C.M.E. in the U.S. today')).toContain('ACCME')
  expect(exact('AMA PRA Category 1 Credit(s)™')).toEqual(['AMA', 'PRA', 'Category', '1', 'Credit', 's'])
})

test('British and American spellings, accents and plurals meet', () => {
  expect(folded('Organisations recognise paediatric licence programmes')).toEqual(
    folded('organizations recognize pediatric license programs'),
  )
  expect(folded('oedema Médecins')).toEqual(['edema', 'medecins'])
  expect(tokens('bodies credits analysis')[0]?.stem).toBe('body')
  expect(tokens('bodies credits analysis')[1]?.stem).toBe('credit')
  expect(tokens('bodies credits analysis')[2]?.stem).toBe('analysis')
})

test('a word knows its place and whether a clause ended before it', () => {
  const [first, second] = tokens('PARS: reports')
  expect([first?.at, first?.end, second?.at, second?.breaks]).toEqual([0, 4, 6, true])
  expect(tokens('no break, here').map((token) => token.breaks)).toEqual([false, false, false])
  expect(tokens('one two three', 2)).toHaveLength(2)
})
