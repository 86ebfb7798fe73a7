import { setTimeout as wait } from 'node:timers/promises'
import type { Filter, Schedule } from '@cme-commons/core'
import { countByState, type Db, inTx, migrate, open, putAudience, putSpace } from '@cme-commons/db'
import { sql } from 'kysely'
import { freePort } from '../support/free-port.ts'
import { startProgram } from '../support/program.ts'
import { send } from '../support/slack/person.ts'
import { type FakeSlack, fakeSlack } from '../support/slack/server.ts'
import { entry, worldOn } from '../support/world.ts'
import { folder, type Measured } from './measure.ts'

const RATE = 50
const SECONDS = 60
const PEOPLE = 200
const FILTERS = 20
/** Milliseconds, by the promise; Slack itself gives up after 3,000. */
const PROMISED = 300

/**
 * How soon what people do in Slack is acknowledged over Socket Mode while the program has its busiest minutes: digests for many readers
 * are planned as it starts and again half-way, and go out as direct messages all the while.
 */
export async function slackAnswers(readers = 20_000): Promise<Measured[]> {
  const slack = await fakeSlack()
  const team = slack.team('T1')
  for (let i = 0; i < Math.max(PEOPLE, readers); i++) team.users.set(`U${i}`, { name: `Member ${i}`, tz: 'UTC' })
  const url = `sqlite:${folder()}/answers.db`
  const db = await open(url)
  await stock(db, readers)
  const program = await startProgram({
    DATABASE_URL: url,
    PORT: String(await freePort()),
    SLACK_API_URL: `${slack.url}/api`,
    SLACK_BOT_TOKEN: 'xoxb-T1',
    SLACK_APP_TOKEN: 'xapp-1',
  })
  while (slack.sockets.size === 0) await wait(10)
  const { times, asked } = await people(slack)
  const sent = (await countByState(db.read)).done ?? 0
  await program.stop()
  const answered = [...slack.state.responses.values()].filter((said) => said.length > 0).length
  await db.close()
  await slack.close()
  const sorted = times.sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Infinity
  const words = `half within ${at(0.5).toFixed(0)} ms, the slowest ${at(1).toFixed(0)}; ${sent} digests went out meanwhile`
  return [
    {
      what: `Slack: 99 of 100 acknowledged within, ${RATE} a second for ${SECONDS} s (${words})`,
      value: at(0.99),
      atMost: PROMISED,
    },
    {
      what: 'Slack: not acknowledged within three seconds',
      value: asked - sorted.filter((ms) => ms < 3000).length,
      atMost: 0,
    },
    { what: 'Slack: not answered', value: asked - answered, atMost: 0 },
  ]
}

async function people(slack: FakeSlack) {
  const times: number[] = []
  const asked = RATE * SECONDS
  const begun = performance.now()
  const open: Promise<unknown>[] = []
  for (let i = 0; i < asked; i++) {
    const due = begun + (i * 1000) / RATE
    const early = due - performance.now()
    if (early > 1) await wait(early)
    const [kind, payload] = interaction(slack, i)
    open.push(send(slack, { socket: true }, kind, payload).then(({ ms }) => times.push(ms)))
  }
  await Promise.race([Promise.all(open), wait(10_000)])
  for (let i = 0; i < 100 && [...slack.state.responses.values()].some((said) => said.length === 0); i++) await wait(100)
  return { times, asked }
}

const COMMANDS = ['help', '', 'progress', 'what ECMEC', 'track program', 'news']
const PRESSES = ['cme1:digest', 'cme1:tracks', 'cme1:home', 'cme1:path']

/** Commands and presses in turns, of many people. */
function interaction({ state, url }: FakeSlack, i: number): [kind: string, payload: Record<string, unknown>] {
  const user = `U${i % PEOPLE}`
  const id = `R${i}`
  state.responses.set(id, [])
  const common = {
    team_id: 'T1',
    team: { id: 'T1' },
    api_app_id: 'A1',
    trigger_id: `T${i}`,
    response_url: `${url}/respond/${id}`,
  }
  if (i % 2 === 0) {
    const text = COMMANDS[(i / 2) % COMMANDS.length]!
    return [
      'slash_commands',
      { ...common, user_id: user, user_name: 'member', command: '/cme', text, channel_id: 'C1' },
    ]
  }
  const action_id = PRESSES[((i - 1) / 2) % PRESSES.length]!
  return [
    'interactive',
    {
      ...common,
      type: 'block_actions',
      user: { id: user, username: 'member', team_id: 'T1' },
      container: { type: 'message', message_ts: '1.1', channel_id: 'C1', is_ephemeral: true },
      channel: { id: 'C1', name: 'standards-news' },
      actions: [{ type: 'button', action_id, block_id: 'b', value: action_id, action_ts: '1' }],
    },
  ]
}

/** Readers in some filters, half of them due when the program starts, the others half a minute later. */
async function stock(db: Db, readers: number): Promise<void> {
  const now = Date.now()
  const before = new Date(now - 86_400_000).toISOString()
  await migrate(db, before)
  const world = await worldOn(db, before)
  await world.publish([], before)
  await inTx(db, async (tx) => {
    await putSpace(tx, { id: 'T1', platform: 'slack', name: 'One', zone: 'UTC', moderators: null, made_at: before })
    for (let f = 0; f < FILTERS; f++) {
      const filter: Filter = { bodies: [], topics: [], regions: [], tracks: [], muted: [], max: 1 + f }
      const schedule: Schedule = { cadence: 'daily', at: '08:00', zone: 'UTC' }
      const next_at = new Date(now + (f % 2 === 0 ? 0 : 35_000)).toISOString()
      await putAudience(tx, {
        id: `a${f}`,
        space: null,
        filter: JSON.stringify(filter),
        schedule: JSON.stringify(schedule),
        next_at,
        cursor: 0,
      })
    }
  })
  await inTx(db, (tx) =>
    sql`insert into subscriptions (id, space, lane, address, member, audience, cursor, paused, snoozed_until, quiet, made_at)
      with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ${readers})
      select 's' || i, 'T1', 'slack/T1', 'user:U' || i, null, 'a' || (i % ${sql.lit(FILTERS)}), null, 0, null, null, ${before} from n`.execute(
      tx,
    ),
  )
  await world.publish(
    Array.from({ length: 40 }, (_, i) => entry(i)),
    before,
  )
}
