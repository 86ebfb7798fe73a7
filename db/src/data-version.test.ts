import { expect, test } from 'vitest'
import { describeEachDatabase } from '../../test/support/databases.ts'
import { putSetting } from './settings.ts'
import { inTx } from './tx.ts'

describeEachDatabase((fresh) => {
  test('the version is another one after each commit, of this process or of another, and only then', async () => {
    const database = await fresh()
    const [one, two] = [await database.open(), await database.open()]
    const versions = [await one.version()]
    const note = async () => versions.push(await one.version())
    await inTx(one, (tx) => putSetting(tx, 'a', '1'))
    await note()
    await inTx(two, (tx) => putSetting(tx, 'a', '2'))
    await note()
    await two.write.deleteFrom('settings').execute()
    await note()
    expect(new Set(versions).size).toBe(4)
    await one.read.selectFrom('settings').selectAll().execute()
    await inTx(one, (tx) => tx.selectFrom('settings').selectAll().execute())
    await note()
    expect(versions.at(-1)).toBe(versions.at(-2))
  })

  test('nobody who asks is told a version from before the question', async () => {
    const database = await fresh()
    const [one, two] = [await database.open(), await database.open()]
    for (let i = 0; i < 20; i++) {
      const early = [one.version(), one.version(), one.version()]
      await inTx(two, (tx) => putSetting(tx, 'n', String(i)))
      const late = await Promise.all([one.version(), one.version()])
      expect(late[0]).toBe(late[1])
      expect((await Promise.all(early))[0]).not.toBe(late[0])
    }
  })
})
