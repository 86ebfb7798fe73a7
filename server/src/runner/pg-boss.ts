import type { Instant } from '@cme-commons/core'
import { type Db, inTx, lanesDue, type Tx } from '@cme-commons/db'
import { fromKysely, type JobResult, PgBoss } from 'pg-boss'
import { type Runner, type Say, STOP_MS, type Work } from './port.ts'

const QUEUE = 'lanes'
const DEAD = 'lanes-dead'

export type BossParts = { db: Db; url: string; now: () => Instant; log: Say; side?: number }

type Wake = { lane: string; at: Instant }

/**
 * The runner of any number of processes on PostgreSQL: a wake-up is a job of pg-boss, sent inside our transaction. A job whose process
 * is gone comes back when its heartbeat is missed (ten to fifteen seconds).
 */
export async function pgBossRunner({ db, url, now, log, side = 8 }: BossParts): Promise<Runner> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'cme-commons-runner',
    max: 4,
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  })
  boss.on('error', (error) => log.error({ err: error }, 'the job engine reports a trouble'))
  boss.on('warning', ({ message }) => log.warn({}, message))
  await boss.start()
  await makeQueues(boss)
  const stopping = new AbortController()

  async function wake(tx: Tx, lane: string, at: Instant) {
    const seconds = (Date.parse(at) - Date.parse(now())) / 1000
    await boss.send(QUEUE, { lane, at }, { db: fromKysely(tx), ...(seconds > 0 ? { startAfter: seconds } : {}) })
  }

  /** Several wake-ups for a lane are one turn. One that came early by our clock is sent again for the rest of its time. */
  async function turn(work: Work, lane: string, times: readonly Instant[]) {
    if (stopping.signal.aborted) throw new Error('this process is stopping')
    const early = times.filter((at) => at > now())
    for (const at of early) await inTx(db, (tx) => wake(tx, lane, at))
    if (early.length < times.length) await work(lane, stopping.signal)
  }

  async function sweep() {
    for (const lane of await lanesDue(db.read, now())) await inTx(db, (tx) => wake(tx, lane, now()))
  }

  return {
    wake,
    sweep,
    start: async (work) => {
      const options = {
        batchSize: 20,
        localConcurrency: side,
        burstWhenBatchFull: true,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 1,
        perJobResults: true,
      } as const
      await boss.work<Wake>(QUEUE, options, async (jobs) => {
        const turns = [...Map.groupBy(jobs, ({ data }) => data.lane)].map(async ([lane, same]) => {
          const error = await turn(
            work,
            lane,
            same.map(({ data }) => data.at),
          ).then(() => undefined, String)
          if (error) log.error({ lane, error }, 'a turn at a lane failed; it is tried again')
          return same.map(({ id }): JobResult => ({ id, status: error ? 'failed' : 'completed', output: { error } }))
        })
        return (await Promise.all(turns)).flat()
      })
    },
    poke: () => void sweep().catch((error) => log.error({ err: error }, 'overdue lanes could not be woken')),
    stop: async () => {
      stopping.abort()
      await boss.stop({ graceful: true, timeout: STOP_MS })
    },
  }
}

/** Another process may make them at the same time. */
async function makeQueues(boss: PgBoss) {
  await boss.createQueue(DEAD, { deleteAfterSeconds: 7 * 24 * 3600 })
  await boss.createQueue(QUEUE, {
    policy: 'standard',
    notify: true,
    deadLetter: DEAD,
    retryLimit: 20,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    heartbeatSeconds: 10,
    expireInSeconds: 600,
    deleteAfterSeconds: 3600,
  })
}
