import { open } from '@cme-commons/db'
import { pgBossRunner, sqliteLoop } from '@cme-commons/server'

/** A process that takes a turn at a lane, says which, and never ends it: to be killed. */
const { url } = JSON.parse(process.argv[2] ?? '{}') as { url: string }
const db = await open(url)
const parts = { db, now: () => new Date().toISOString(), log: { warn: () => {}, error: () => {} } }
const runner = db.dialect === 'postgres' ? await pgBossRunner({ ...parts, url }) : sqliteLoop(parts)
await runner.start(async (lane) => {
  console.log(lane)
  await new Promise(() => {})
})
