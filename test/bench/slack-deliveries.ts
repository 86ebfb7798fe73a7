import { setTimeout as wait } from 'node:timers/promises'
import { countByState, countTwice, migrate, open } from '@cme-commons/db'
import { freePort } from '../support/free-port.ts'
import { startProgram } from '../support/program.ts'
import { installed, promise, SECRET_KEY } from '../support/promised.ts'
import { fakeSlack } from '../support/slack/server.ts'
import { folder, type Measured } from './measure.ts'

const WORKSPACES = 20
const CHANNELS = 25

/**
 * Many deliveries to many channels of many workspaces, through the whole program, against a Slack that lets one message a second into a
 * channel: how much of that rate is used, how often it had to refuse, and what a kill in the middle does.
 */
export async function slackDeliveries(deliveries = 10_000): Promise<Measured[]> {
  const whole = await run(deliveries, false)
  const cut = await run(deliveries / 4, true)
  const each = deliveries / (WORKSPACES * CHANNELS)
  // The first message of each channel may go at once: the limit allows the rest one a second.
  const allowed = each - 1
  return [
    {
      what: `Slack: share of the allowed rate, ${deliveries} deliveries`,
      value: allowed / whole.seconds,
      atLeast: 0.9,
    },
    { what: 'Slack: refusals for each bucket', value: whole.refused / (WORKSPACES * CHANNELS), atMost: 1 },
    { what: 'Slack: lost', value: whole.lost, atMost: 0 },
    { what: 'Slack: lost over a kill in the middle', value: cut.lost, atMost: 0 },
    {
      what: 'Slack: doubles that nobody counted, over a kill in the middle',
      value: cut.doubles - cut.counted,
      atMost: 0,
    },
  ]
}

async function run(deliveries: number, cut: boolean) {
  const slack = await fakeSlack({ limits: { channelMs: 1000, methodAMinute: 10_000 } })
  const now = new Date().toISOString()
  const url = `sqlite:${folder()}/slack${cut ? '-cut' : ''}.db`
  const db = await open(url)
  await migrate(db, now)
  const teams = Array.from({ length: WORKSPACES }, (_, i) => slack.team(`T${i}`))
  for (const team of teams)
    for (let c = 0; c < CHANNELS; c++) team.channels.set(`C${c}`, { name: `channel-${c}`, member: true })
  await installed(db, teams, now)
  await promise(
    db,
    'slack',
    Array.from({ length: deliveries }, (_, i) => {
      const team = `T${i % WORKSPACES}`
      return {
        key: `d/${i}`,
        lane: `slack/${team}`,
        space: team,
        address: `channel:C${Math.floor(i / WORKSPACES) % CHANNELS}`,
      }
    }),
    now,
  )
  const settings = {
    DATABASE_URL: url,
    PORT: String(await freePort()),
    SLACK_API_URL: `${slack.url}/api`,
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'client secret',
    SLACK_SIGNING_SECRET: 'signing secret',
    SECRET_KEY,
  }
  let program = await startProgram(settings)
  const arrived = () => new Set(slack.state.messages.map(({ text }) => text.split('\n')[0])).size
  while (slack.state.messages.length === 0) await wait(5)
  const begun = performance.now()
  if (cut) {
    while (arrived() < deliveries / 2) await wait(20)
    await program.kill()
    program = await startProgram(settings)
  }
  const patience = performance.now() + 180_000
  while (arrived() < deliveries && performance.now() < patience) await wait(20)
  const seconds = (performance.now() - begun) / 1000
  while (((await countByState(db.read)).done ?? 0) < arrived() && performance.now() < patience) await wait(100)
  await program.stop()
  const twice = await countTwice(db.read)
  const found = {
    seconds,
    lost: deliveries - arrived(),
    doubles: slack.state.messages.length - arrived(),
    counted: twice['sent-blind'],
    refused: slack.state.calls.filter(({ error }) => error === 'ratelimited').length,
  }
  await db.close()
  await slack.close()
  return found
}
