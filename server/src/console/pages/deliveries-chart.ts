import { setImmediate as turn } from 'node:timers/promises'
import { DAY, type Day, dayIn, plus } from '@cme-commons/core'
import { countDeliveries } from '@cme-commons/db'
import { stackedColumns } from '../../html/chart/columns.ts'
import type { Html } from '../../html/html.ts'
import type { ConsoleHouse } from '../house.ts'
import type { Visitor } from '../session.ts'

type Counts = Awaited<ReturnType<typeof countDeliveries>>

const DAYS = 14
/** A day that is over changes little: it is counted anew after so many milliseconds. */
const KEPT = 600_000
const MOST = 2_000
const kept = new WeakMap<ConsoleHouse['db'], Map<string, { until: number; counts: Counts }>>()

/** One day of a space. Large communities have a hundred thousand deliveries a day, so the days are counted one by one, and others get a turn. */
async function countOn({ db }: ConsoleHouse, space: string, day: Day, today: boolean): Promise<Counts> {
  const known = kept.get(db) ?? new Map<string, { until: number; counts: Counts }>()
  kept.set(db, known)
  const name = `${day} ${space}`
  const found = known.get(name)
  if (found && found.until > performance.now()) return found.counts
  await turn()
  const from = `${day}T00:00:00.000Z`
  const counts = await countDeliveries(db.read, space, { from, to: plus(from, DAY) })
  if (known.size >= MOST) known.clear()
  if (!today) known.set(name, { until: performance.now() + KEPT, counts })
  return counts
}

/** What became of the deliveries of the last two weeks, by the day in UTC on which they were promised. */
export async function deliveriesChart(house: ConsoleHouse, { space }: Visitor): Promise<Html> {
  const at = house.now()
  const labels = Array.from({ length: DAYS }, (_, i) => dayIn(plus(at, (i - DAYS + 1) * DAY), 'UTC'))
  const days: Counts[] = []
  for (const day of labels) days.push(await countOn(house, space.id, day, day === labels.at(-1)))
  const of = (...states: (keyof Counts)[]) =>
    days.map((counts) => states.reduce((sum, state) => sum + (counts[state] ?? 0), 0))
  return stackedColumns({
    title: 'Deliveries by day and state',
    unit: 'deliveries',
    labels,
    series: [
      { name: 'Arrived', values: of('done'), tone: 'good' },
      { name: 'Waiting', values: of('waiting', 'sending'), tone: 2 },
      { name: 'Failed or too late', values: of('dead', 'expired'), tone: 'bad' },
      { name: 'Not wanted any more', values: of('skipped', 'withdrawn'), tone: 'idle' },
    ],
  })
}
