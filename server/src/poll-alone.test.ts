import { expect, test } from 'vitest'
import { freshPostgres } from '../../test/support/databases.ts'
import { alone } from './poll-alone.ts'

test('while one process reads the sources, another leaves them alone', async () => {
  const database = await freshPostgres()
  const [one, two] = [alone(await database.open()), alone(await database.open())]
  const did: string[] = []
  await one.read(async () => {
    did.push('one')
    await two.read(async () => did.push('two'))
    await one.renew()
  })
  await two.read(async () => did.push('two, later'))
  expect(did).toEqual(['one', 'two, later'])
  await expect(one.read(() => Promise.reject(new Error('broke')))).rejects.toThrow('broke')
  await two.read(async () => did.push('two, after a failure'))
  expect(did).toHaveLength(3)
})
