import type { Db } from '@cme-commons/db'

/** What runs at each boundary of the work: before and after each transaction, and just before it commits. */
export type Boundary = (where: 'before' | 'uncommitted' | 'after') => void

/** The same database, with a boundary around each transaction. */
export function watched(db: Db, boundary: Boundary): Db {
  type Start = ReturnType<Db['write']['transaction']>
  const around = (builder: Start): Start =>
    new Proxy(builder, {
      get(target, name) {
        if (name === 'setIsolationLevel') return (level: 'read committed') => around(target.setIsolationLevel(level))
        if (name !== 'execute') return Reflect.get(target, name, target)
        return async (work: Parameters<Start['execute']>[0]) => {
          boundary('before')
          const result = await target.execute(async (tx) => {
            const done = await work(tx)
            boundary('uncommitted')
            return done
          })
          boundary('after')
          return result
        }
      },
    })
  const write = new Proxy(db.write, {
    get: (target, name) =>
      name === 'transaction' ? () => around(target.transaction()) : Reflect.get(target, name, target),
  })
  return { ...db, write }
}
