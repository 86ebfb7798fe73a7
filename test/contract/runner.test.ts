import { type Instant, plus } from '@cme-commons/core'
import { type Db, inTx, post } from '@cme-commons/db'
import { pgBossRunner, type Runner, sqliteLoop, type Work } from '@cme-commons/server'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startChild } from '../support/children.ts'
import { message } from '../support/couriers.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'

const LONG_AGO = '2026-01-01T00:00:00.000Z'
const realNow = (): Instant => new Date().toISOString()
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 45_000, interval: 20 })

/** Work that ends what is due on the lane, as a courier would, and notes the turn. */
function worker(db: Db, now: () => Instant) {
  const turns: string[] = []
  const work: Work = async (lane) => {
    turns.push(lane)
    await inTx(db, async (tx) => {
      const due = tx.updateTable('deliveries').where('lane', '=', lane).where('state', '=', 'waiting')
      await due.where('due_at', '<=', now()).set({ state: 'done' }).execute()
    })
  }
  return { turns, work }
}

async function runnerOn({ url, dialect }: TestDatabase, db: Db, now = realNow): Promise<Runner> {
  const parts = { db, now, log: { warn: () => {}, error: () => {} } }
  const runner = dialect === 'postgres' ? await pgBossRunner({ ...parts, url }) : sqliteLoop(parts)
  onTestFinished(() => runner.stop())
  return runner
}

const promise = (db: Db, runner: Runner, lane: string, at = LONG_AGO, key = lane) =>
  inTx(db, async (tx) => {
    await post(tx, LONG_AGO, [message(key, { lane, due: at })])
    await runner.wake(tx, lane, at)
  })

describeEachDatabase((fresh) => {
  async function set(now = realNow) {
    const database = await fresh()
    const db = await database.open()
    return { database, db, runner: await runnerOn(database, db, now), ...worker(db, now) }
  }

  test('a wake-up comes after the commit of what made the work, and never after a rollback', async () => {
    const { db, runner, turns, work } = await set()
    const seen: unknown[] = []
    await runner.start(async (lane, stopping) => {
      seen.push(await db.read.selectFrom('deliveries').select('key').where('lane', '=', lane).executeTakeFirst())
      await work(lane, stopping)
    })
    const failing = inTx(db, async (tx) => {
      await post(tx, LONG_AGO, [message('never', { lane: 'chat/rolled-back' })])
      await runner.wake(tx, 'chat/rolled-back', LONG_AGO)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await promise(db, runner, 'chat/T1')
    await until(() => expect(turns).toEqual(['chat/T1']))
    await promise(db, runner, 'chat/T2')
    await until(() => expect(turns).toEqual(['chat/T1', 'chat/T2']))
    expect(seen).toEqual([{ key: 'chat/T1' }, { key: 'chat/T2' }])
  })

  test('work that is due later is done at its time', async () => {
    const { db, runner, work } = await set()
    const at: Instant[] = []
    await runner.start(async (lane, stopping) => {
      at.push(realNow())
      await work(lane, stopping)
    })
    const due = plus(realNow(), 700)
    await promise(db, runner, 'chat/T1', due)
    await until(() => expect(at).toHaveLength(1))
    expect(at[0]! >= due).toBe(true)
  })

  test('when the clock is moved forward, a poke finds what became due', async () => {
    let now = '2026-11-23T08:00:00.000Z'
    const { db, runner, turns, work } = await set(() => now)
    await runner.start(work)
    await promise(db, runner, 'chat/later', plus(now, 7 * 86_400_000))
    await promise(db, runner, 'chat/now')
    await until(() => expect(turns).toEqual(['chat/now']))
    now = plus(now, 7 * 86_400_000)
    runner.poke()
    // A lane whose turn is about to end may get another one, which finds nothing.
    await until(() => expect(turns).toContain('chat/later'))
    expect(turns.filter((lane) => lane === 'chat/later')).toHaveLength(1)
  })

  test('a lane whose wake-up got lost is found by the sweep', async () => {
    const { db, runner, turns, work } = await set()
    await inTx(db, (tx) => post(tx, LONG_AGO, [message('a', { lane: 'chat/lost', due: LONG_AGO })]))
    await runner.start(work)
    await runner.sweep()
    await until(() => expect(turns).toEqual(['chat/lost']))
  })

  test('a lane with endless work and one that is stuck delay no other', async () => {
    const { db, runner, turns, work } = await set()
    await runner.start(async (lane, stopping) => {
      if (lane === 'chat/stuck') await new Promise((free) => stopping.addEventListener('abort', free))
      if (lane === 'chat/endless') {
        turns.push(lane)
        await inTx(db, (tx) => runner.wake(tx, lane, LONG_AGO))
      } else await work(lane, stopping)
    })
    const lanes = Array.from({ length: 30 }, (_, i) => `chat/${i}`)
    for (const lane of ['chat/stuck', 'chat/endless', ...lanes]) await promise(db, runner, lane)
    await until(() => expect(lanes.filter((lane) => !turns.includes(lane))).toEqual([]))
  })

  test('a turn that fails is taken again', async () => {
    const { db, runner, turns, work } = await set()
    let failures = 0
    await runner.start(async (lane, stopping) => {
      if (failures++ < 2) throw new Error('the database is away')
      await work(lane, stopping)
    })
    await promise(db, runner, 'chat/T1')
    await until(() => expect(turns).toEqual(['chat/T1']))
  })

  test('a stop tells the turn that is under way and waits for it; then nothing more is begun', async () => {
    const { db, runner, turns } = await set()
    await runner.start(async (lane, stopping) => {
      turns.push(`${lane} begun`)
      await new Promise((free) => stopping.addEventListener('abort', free))
      turns.push(`${lane} given back`)
    })
    await promise(db, runner, 'chat/T1')
    await until(() => expect(turns).toEqual(['chat/T1 begun']))
    await runner.stop()
    expect(turns).toEqual(['chat/T1 begun', 'chat/T1 given back'])
    await inTx(db, (tx) => post(tx, LONG_AGO, [message('b', { due: LONG_AGO })]))
    runner.poke()
    expect(turns).toHaveLength(2)
  })

  test('the turn of a process that was killed is taken over', { timeout: 60_000 }, async () => {
    const { database, db, runner, turns, work } = await set()
    const killed = startChild('runner-process.ts', { url: database.url })
    await promise(db, runner, 'chat/T1')
    expect(await killed.line()).toBe('chat/T1')
    killed.process.kill('SIGKILL')
    expect(await killed.ended).toMatchObject({ signal: 'SIGKILL' })
    await runner.start(work)
    await until(() => expect(turns).toContain('chat/T1'))
  })
})
