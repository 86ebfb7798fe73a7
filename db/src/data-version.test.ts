import { expect, test } from 'vitest'
import { describeEachDatabase } from '../../test/support/databases.ts'
import { putSetting } from './settings.ts'
import { inTx } from './tx.ts'

describeEachDatabase((fresh, dialect) => {
  test('the version is another one after each commit, of this process or of another', async () => {
    const database = await fresh()
    const [one, two] = [await database.open(), await database.open()]
    const versions = [await one.version()]
    await inTx(one, (tx) => putSetting(tx, 'a', '1'))
    versions.push(await one.version())
    await inTx(two, (tx) => putSetting(tx, 'a', '2'))
    versions.push(await one.version())
    await two.write.deleteFrom('settings').execute()
    versions.push(await one.version())
    expect(new Set(versions).size).toBe(4)
  })

  // A server's snapshots are those of all its databases, so elsewhere this holds only while nobody else writes.
  if (dialect === 'sqlite')
    test('the version stays while people only read', async () => {
      const db = await (await fresh()).open()
      const before = await db.version()
      await db.read.selectFrom('settings').selectAll().execute()
      await inTx(db, (tx) => tx.selectFrom('settings').selectAll().execute())
      expect(await db.version()).toBe(before)
    })

  test('nobody is told a version from before the question, however many ask at once', async () => {
    const database = await fresh()
    const [one, two] = [await database.open(), await database.open()]
    for (let i = 0; i < 20; i++) {
      const before = await one.version()
      const others = [one.version(), one.version(), one.version()]
      await inTx(two, (tx) => putSetting(tx, 'n', String(i)))
      const after = await Promise.all([one.version(), one.version()])
      expect(after).not.toContain(before)
      await Promise.all(others)
    }
  })
})
