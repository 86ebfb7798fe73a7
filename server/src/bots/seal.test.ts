import { expect, test } from 'vitest'
import { makeSeal, SealError } from './seal.ts'

const seal = makeSeal('a secret of the operator, long enough')

test('what is sealed is opened under its name with the same key alone', () => {
  const sealed = seal.close('install/T1', 'xoxb-1')
  expect(sealed).not.toContain('xoxb')
  expect(seal.open('install/T1', sealed)).toBe('xoxb-1')
  expect(seal.close('install/T1', 'xoxb-1')).not.toBe(sealed)
  expect(() => seal.open('install/T2', sealed)).toThrow(SealError)
  expect(() => makeSeal('another secret of the operator').open('install/T1', sealed)).toThrow('SECRET_KEY')
})

test.each(['', 's1.', 's1.AAAA', 's2.xyz', 'rubbish'])('what is no seal is refused: %j', (text) => {
  expect(() => seal.open('install/T1', text)).toThrow(SealError)
})
