import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test('what somebody called herself is never a formula, whatever separator a spreadsheet goes by', () => {
  expect(csvLine([`=cmd|'/c calc'!A1`, '+1', '-1', '@SUM(A1)', '\t=1', 'Ana', 3])).toBe(
    `'=cmd|'/c calc'!A1,'+1,'-1,'@SUM(A1),"'\t'=1",Ana,3\r\n`,
  )
  expect(csvLine(['Ana;=1+1'])).toBe(`"Ana;'=1+1"\r\n`)
  expect(csvLine(['＝1', ' =1'])).toBe(`'＝1,' =1\r\n`)
})

test('a name with commas, quotes and lines stays one cell', () => {
  expect(csvLine(['Weber, Ana "Nan"\nMD', ''])).toBe('"Weber, Ana ""Nan""\nMD",\r\n')
  expect(csvLine(['Jean-Luc', 'a+b', 'ana@example.org'])).toBe('Jean-Luc,a+b,ana@example.org\r\n')
})
