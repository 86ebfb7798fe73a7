import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv } from '../../packages/app/src/conferences/import.ts'

const HEAD = 'conference,edition,kind,title,when,zone,status,source'
const wrongIn = (text: string): string[] => {
  const read = readCsv(text)
  return 'wrong' in read ? read.wrong : []
}

test('a table from a spreadsheet is read: quotes, line ends, a byte order mark, empty lines', () => {
  const text = `\uFEFF${HEAD.toUpperCase()}\r\n\r\nSACME,"SACME 2027",abstracts,"Posters, ""late"" ones",2027-01-20,,confirmed,page\r\n`
  expect(readCsv(text)).toEqual({
    lines: [
      {
        line: 3,
        cells: {
          conference: 'SACME',
          edition: 'SACME 2027',
          kind: 'abstracts',
          title: 'Posters, "late" ones',
          when: '2027-01-20',
          zone: '',
          status: 'confirmed',
          source: 'page',
        },
      },
    ],
  })
})

test.each([
  ['', /^Line 1: there is nothing here/],
  [HEAD, /^Line 2: there is no line below/],
  ['conference,when,colour', /^Line 1: “colour” is no column/],
  [`${HEAD},title`, /^Line 1: the column title stands twice/],
  [`${HEAD}\nSACME,SACME 2027`, /^Line 2: 2 fields where the first line names 8/],
  [`${HEAD}\nSACME,"SACME 2027,abstracts\n`, /^Line \d+: a quote stands where none can/],
  [`${HEAD}\n${'a,b,c,d,e,f,g,h\n'.repeat(1001)}`, /^Line 1002: at most 1000 lines/],
])('%# is refused with its line and what to do', (text, wrong) => {
  expect(wrongIn(text)[0]).toMatch(wrong)
})

test('whatever is pasted, the answer is lines or sentences that name a line', () => {
  const piece = fc.constantFrom(
    HEAD,
    ',',
    '"',
    '\n',
    '\r\n',
    '\0',
    'SACME',
    ';',
    '\t',
    '""',
    'é',
    '\uFEFF',
    '=1+1',
    '2027-01-02',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(piece, { maxLength: 30 }).map((parts) => `${HEAD}\n${parts.join('')}`),
  )
  fc.assert(
    fc.property(text, (text) => {
      for (const say of wrongIn(text)) expect(say).toMatch(/^Line \d+: .+/)
    }),
    { numRuns: 10_000 },
  )
})
