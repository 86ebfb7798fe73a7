import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MINUTE, plus } from '@cme-commons/core'
import { expect, onTestFinished, test } from 'vitest'
import { startChild } from '../support/children.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { KILLS } from '../support/kills.ts'
import { startReceiver } from '../support/receiver.ts'
import type { WalkProcess, WalkTurn } from '../support/walk-process.ts'
import { whatIsKept, wholeWalk } from '../support/whole-walk.ts'
import { knowledge, worldOn } from '../support/world.ts'

const NOW = '2026-11-23T15:00:00.000Z'
/** The presses that only look are in another test: each process costs half a second. */
const LOOKS = /^(?:home|path\.find|path\.start|progress|step|activity\.(?:show|form|statements|history)|reviews)$/
const walk = wholeWalk(knowledge.onboarding).filter(({ action }) => !LOOKS.test(action.do))

describeEachDatabase((fresh, dialect) => {
  test('killed at boundaries of the walk and gone on with: the same end, nothing lost, nothing told twice', {
    timeout: 300_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cme-walk-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'walk.json')
    writeFileSync(file, JSON.stringify({ knowledge, walk }))

    const undisturbed = await worldOn(await (await fresh()).open(), NOW)
    for (const { who, action } of walk) await undisturbed.press(who, action, NOW)
    const database = await fresh()
    const { db } = await worldOn(await database.open(), NOW)
    const receiver = await startReceiver()

    const survived: string[] = []
    let from = 0
    let now = NOW
    const kills = { of: KILLS.of, nth: KILLS.nth[dialect] }
    const options: WalkProcess = { url: database.url, receiver: receiver.url, file, kills }
    const start = () => startChild('walk-process.ts', options)
    // The next ones start up while one works.
    const ready = [start(), start()]
    for (;;) {
      // A delivery in doubt is taken up when its lease has run out.
      now = plus(now, 10 * MINUTE)
      ready.push(start())
      const child = ready.shift()!
      child.tell({ now, from, survived } satisfies WalkTurn)
      let told: { answered?: number; died?: string; done?: true } = {}
      while (!told.died && !told.done) {
        told = JSON.parse(await child.line())
        if (told.answered !== undefined) from = told.answered + 1
      }
      const { signal, errors } = await child.ended
      expect({ signal, errors }).toEqual({ signal: told.died ? 'SIGKILL' : null, errors: '' })
      if (!told.died) break
      survived.push(told.died)
    }
    expect(survived.length).toBeGreaterThan(walk.length / KILLS.of)
    expect(await whatIsKept(db)).toEqual(await whatIsKept(undisturbed.db))
    expect(receiver.counts()).toEqual({
      'review/rev1/author': 1,
      'review/rev1/moderators': 1,
      'review/rev2/author': 1,
      'review/rev2/moderators': 1,
    })
    const states = await db.read.selectFrom('deliveries').select('state').distinct().execute()
    expect(states).toEqual([{ state: 'done' }])
  })
})
