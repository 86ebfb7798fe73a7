import { load } from '@cme-commons/content'
import { atWall, type Checked, type Instant, plainMoment } from '@cme-commons/core'
import {
  allSources,
  countByState,
  countHeld,
  countTwice,
  type Db,
  DbError,
  type DeliveryState,
  inTx,
  listWebhooks,
  open,
  putSetting,
  quarantined,
  schemaState,
} from '@cme-commons/db'
import { checkBots } from './bots/check.ts'
import { connected } from './bots/connected.ts'
import { countsOf } from './cli/content.ts'
import { type Config, ConfigError, readConfig, settingsGiven } from './config.ts'
import { openHouse } from './house.ts'

/** One thing that was looked at: in order, worth knowing, or bad; `say` tells what was found and what to do. */
export type Finding = Checked

const ok = (name: string, say: string): Finding => ({ name, state: 'ok', say })
const hint = (name: string, say: string): Finding => ({ name, state: 'hint', say })
const bad = (name: string, say: string): Finding => ({ name, state: 'bad', say })

/** Looks at everything the program stands on. Never throws, and shows no secret: settings by name only. */
export async function examine(): Promise<Finding[]> {
  const findings: Finding[] = [node(), ...zones()]
  let config: Config
  try {
    config = readConfig()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return [...findings, bad('settings', `${error.message}. Correct it in the environment.`)]
  }
  const given = settingsGiven()
  findings.push(
    ok('settings', given.length > 0 ? `given: ${given.join(', ')}` : 'all as they ship; docs/operating.md lists them'),
  )
  findings.push(...contents(config), ...(await database(config)))
  findings.push(...(await bots(config, findings)))
  return findings
}

const node = (): Finding => {
  const version = process.versions.node
  return Number(version.split('.')[0]) >= 24
    ? ok('node', `Node ${version}`)
    : hint('node', `Node ${version} works; Node 24 is what this program is tested with ("pnpm cme" brings it)`)
}

/** Clock and zone data: the rules that digests depend on, as this machine knows them. */
function zones(): Finding[] {
  const spring = atWall('2027-03-14', '02:30', 'America/New_York') === '2027-03-14T07:00:00.000Z'
  const autumn = atWall('2026-11-01', '01:30', 'America/New_York') === '2026-11-01T05:30:00.000Z'
  const year = new Date().getUTCFullYear()
  return [
    spring && autumn
      ? ok('zones', `zone data ${process.versions.tz ?? ''} of this Node is in order`)
      : bad('zones', 'The zone data of this Node is wrong for New York; use a Node with full ICU data.'),
    year >= 2026 && year < 2100
      ? ok('clock', new Date().toISOString())
      : bad('clock', `The clock says ${new Date().toISOString()}; set it, or digests come at the wrong time.`),
  ]
}

function contents(config: Config): Finding[] {
  const loaded = load(config.content || undefined, new Date().toISOString().slice(0, 10))
  if ('problems' in loaded)
    return loaded.problems.map(({ file, line, say }) => bad('content', `${file}:${line} ${say}`))
  return [
    ok(
      'content',
      `${Object.entries(countsOf(loaded.knowledge))
        .map(([name, count]) => `${count} ${name}`)
        .join(', ')} (version ${loaded.knowledge.version})`,
    ),
  ]
}

async function database(config: Config): Promise<Finding[]> {
  let db: Db
  try {
    db = await open(config.database)
  } catch (error) {
    if (!(error instanceof DbError)) throw error
    return [bad('database', error.message)]
  }
  try {
    const { done, open: waiting, newer } = await schemaState(db)
    if (newer.length > 0)
      return [bad('database', `${db.where} belongs to a newer version (${newer.at(-1)}): update the program.`)]
    if (done.length === 0)
      return [hint('database', `${db.where} is empty; "pnpm cme start" or "pnpm cme migrate" sets it up`)]
    if (waiting.length > 0) return [bad('database', `${db.where} needs ${waiting.join(', ')}: run "pnpm cme migrate".`)]
    await inTx(db, (tx) => putSetting(tx, 'doctor/wrote', new Date().toISOString()))
    return [
      ok('database', `${db.where}, ${db.dialect}, schema ${done.at(-1)}, can be written`),
      ...(await sources(db)),
      await deliveries(db),
      ...(await webhooks(db, config)),
      ...(await restored(db)),
    ]
  } catch (error) {
    if (!(error instanceof DbError)) throw error
    return [bad('database', error.message)]
  } finally {
    await db.close()
  }
}

/** The chat platforms, asked themselves; only where everything below them is in order. */
async function bots(config: Config, so: readonly Finding[]): Promise<Finding[]> {
  if (connected(config).length === 0)
    return [hint('chat', 'no chat platform is connected; docs/slack.md and docs/discord.md say how')]
  if (so.some(({ state }) => state === 'bad')) return [hint('chat', 'not asked before the rest is in order')]
  const house = await openHouse(config)
  try {
    return await checkBots(house)
  } finally {
    await house.close()
  }
}

/** The programs that are told what happens: those with trouble, by host alone, since an address may hold a secret. */
async function webhooks(db: Db, { secretKey }: Config): Promise<Finding[]> {
  const all = await listWebhooks(db.read)
  if (all.length === 0) return []
  if (!secretKey)
    return [bad('webhooks', 'SECRET_KEY is not set, so that nothing can be signed: set the one of before.')]
  const amiss = all.filter(({ trouble }) => trouble !== null)
  return [
    ...amiss.map(({ id, url, trouble }) =>
      bad('webhook', `${id} (${new URL(url).host}): ${trouble} See "pnpm cme webhook deliveries ${id}".`),
    ),
    ok('webhooks', `${all.length - amiss.length} of ${all.length} in order`),
  ]
}

async function sources(db: Db): Promise<Finding[]> {
  const on = (await allSources(db.read)).filter((source) => source.enabled === 1)
  const failing = on.filter((source) => source.failing_since)
  const real = on.filter((source) => source.sample === 0)
  return [
    ...failing.map((source) =>
      bad(
        'source',
        `${source.id} fails since ${plainMoment(source.failing_since!, 'moment', 'UTC')}: ${source.trouble}`,
      ),
    ),
    real.length > 0
      ? ok('sources', `${real.length} are read: ${real.map((source) => source.id).join(', ')}`)
      : hint(
          'sources',
          'no real source is on; "pnpm cme feeds enable --all" reads each once and switches on what answers',
        ),
  ]
}

async function deliveries(db: Db): Promise<Finding> {
  const counts = await countByState(db.read)
  const say = summaryOf(counts, await countTwice(db.read))
  return (counts.dead ?? 0) > 0
    ? hint('deliveries', `${say}; "pnpm cme deliveries --state dead" says why some were given up`)
    : ok('deliveries', say)
}

/** A restored database waits for its operator. */
async function restored(db: Db): Promise<Finding[]> {
  const since = await quarantined(db.read)
  return since ? [bad('restored', heldSay(since, await countHeld(db.read, since)))] : []
}

/** What waits for the operator after a restore, in one line. */
export const heldSay = (since: Instant | undefined, count: number): string =>
  since
    ? `Restored ${plainMoment(since, 'moment', 'UTC')}: ${count} held back and nothing is planned until "cme deliveries release" or "cme deliveries drop".`
    : 'Nothing is held back: this database was not restored, or that was decided.'

/** How many are in each state, and how many may have arrived twice because their platform cannot be asked. */
export function summaryOf(
  counts: Partial<Record<DeliveryState, number>>,
  twice: Record<'looked-up' | 'sent-blind', number>,
): string {
  const states = Object.entries(counts).map(([state, count]) => `${count} ${state}`)
  const doubles = twice['sent-blind'] > 0 ? [`${twice['sent-blind']} may have arrived twice`] : []
  return [...states, ...doubles].join(', ') || 'none yet'
}
