import { onTestFinished } from 'vitest'
import { startHouse, until } from '../bot-house.ts'
import type { TestDatabase } from '../databases.ts'
import { buttonsOf, person, type Seen } from './person.ts'
import { type FakeSlack, fakeSlack, type Posted } from './server.ts'

/** The whole server with one workspace over Socket Mode, a member in it and an administrator. */
export async function slackWorkspace(
  database: TestDatabase,
  prepare: (slack: FakeSlack) => void = () => {},
  more: Record<string, string> = {},
) {
  const slack = await fakeSlack()
  onTestFinished(() => slack.close())
  const team = slack.team('T1')
  team.users.set('UMOD', { name: 'Mod', tz: 'America/Chicago', admin: true })
  prepare(slack)
  const server = await startHouse({
    DATABASE_URL: database.url,
    SLACK_API_URL: `${slack.url}/api`,
    SLACK_BOT_TOKEN: 'xoxb-T1',
    SLACK_APP_TOKEN: 'xapp-1',
    ...more,
  })
  await until('the socket is open', () => slack.sockets.size > 0)
  const reach = { socket: true } as const
  return {
    slack,
    team,
    server,
    db: server.house.db,
    sara: person(slack, reach, 'T1'),
    mod: person(slack, reach, 'T1', 'UMOD'),
  }
}

export const labels = ({ blocks }: Pick<Seen, 'blocks'>): string[] => buttonsOf(blocks).map(({ text }) => text)

/** The next message that comes to a channel or person unasked and says this. */
export async function delivered(slack: FakeSlack, channel: string, says: RegExp): Promise<Seen> {
  const find = (): Posted | undefined =>
    slack.state.messages.find(
      (one) => one.channel === channel && one.metadata && says.test(`${one.text} ${JSON.stringify(one.blocks)}`),
    )
  await until(`${says} came to ${channel}`, () => find() !== undefined)
  const { text, blocks, ts } = find()!
  return { text, blocks, channel, ts }
}
