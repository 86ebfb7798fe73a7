import type { Checked, Edge, EdgeLog } from '@cme-commons/core'
import type { WebClient } from '@slack/web-api'
import { makeClient } from './client.ts'
import { classify } from './errors.ts'
import { makeInstalls } from './installs.ts'
import { OPTIONAL_SCOPES, SCOPES } from './scopes.ts'
import { missingSettings, type SlackSettings } from './settings.ts'

/** A workspace to look at, with the channels (the platform's ids) that something is posted to. */
export type Looked = { id: string; name: string; channels: readonly string[] }

const line = (state: Checked['state'], name: string, say: string): Checked => ({ name, state, say })

/** Looks at the settings and at each workspace: the token, what it may do, and the channels. Changes nothing, and never throws. */
export async function checkSlack(edge: Edge, settings: SlackSettings, spaces: readonly Looked[]): Promise<Checked[]> {
  const found = missingSettings(settings).map((say) => line('bad', 'slack', say))
  if (settings.appToken) found.push(await socket(settings, edge.log))
  if (settings.token) {
    const client = makeClient(settings.api, edge.log, settings.token)
    found.push(...(await workspace(client, spaces, undefined)))
  }
  const installs = makeInstalls(edge, settings, undefined)
  for (const space of settings.clientId ? spaces : []) {
    const install = await installs.find(space.id).catch(() => undefined)
    if (!install) {
      if (!settings.token)
        found.push(line('bad', `slack ${space.name}`, 'No token is kept for it: install the app again.'))
      continue
    }
    found.push(...(await workspace(makeClient(settings.api, edge.log, install.token), [space], space)))
  }
  if (settings.clientId && spaces.length === 0)
    found.push(line('hint', 'slack', `No workspace yet: open ${edge.site}/slack/install to install the app in one.`))
  return found
}

async function socket(settings: SlackSettings, log: EdgeLog): Promise<Checked> {
  try {
    await makeClient(settings.api, log, settings.appToken).apps.connections.open()
    return line('ok', 'slack socket', 'Socket Mode can be opened with SLACK_APP_TOKEN')
  } catch (error) {
    const { code } = classify(error)
    return line(
      'bad',
      'slack socket',
      code === 'no_answer'
        ? `Slack cannot be reached at ${settings.api}: look at the network, or at SLACK_API_URL.`
        : `SLACK_APP_TOKEN is refused (${code}): make an app-level token with connections:write under Basic Information.`,
    )
  }
}

async function workspace(client: WebClient, spaces: readonly Looked[], only: Looked | undefined): Promise<Checked[]> {
  try {
    const answer = await client.auth.test()
    const name = `slack ${answer.team ?? only?.name ?? ''}`.trim()
    const granted = answer.response_metadata?.scopes ?? []
    const space = only ?? spaces.find(({ id }) => id === answer.team_id)
    return [
      line('ok', name, `the token works, as ${answer.user ?? answer.user_id}`),
      ...scopes(name, granted),
      ...(await channels(client, name, space?.channels ?? [])),
    ]
  } catch (error) {
    const { code, say } = classify(error)
    return [line('bad', `slack ${only?.name ?? ''}`.trim(), `${say} (${code})`)]
  }
}

function scopes(name: string, granted: readonly string[]): Checked[] {
  if (granted.length === 0) return [line('hint', name, 'Slack did not tell what the app may do there.')]
  const missing = SCOPES.filter((scope) => !granted.includes(scope.name))
  const needed = missing.filter(({ name }) => !OPTIONAL_SCOPES.includes(name))
  return [
    ...needed.map((scope) =>
      line(
        'bad',
        name,
        `${scope.name} is missing. ${scope.why} Add it under OAuth & Permissions and install the app again.`,
      ),
    ),
    ...missing
      .filter((scope) => !needed.includes(scope))
      .map((scope) => line('hint', name, `${scope.name} is not granted. ${scope.without ?? ''}`)),
    ...(needed.length === 0 ? [line('ok', name, 'it has every permission it needs')] : []),
  ]
}

async function channels(client: WebClient, name: string, ids: readonly string[]): Promise<Checked[]> {
  const found: Checked[] = []
  for (const id of ids) {
    try {
      const { channel } = await client.conversations.info({ channel: id })
      const label = `#${channel?.name ?? id}`
      if (channel?.is_archived)
        found.push(line('bad', name, `${label} is archived: restore it, or choose another with /cme setup.`))
      else if (channel?.is_member === false)
        found.push(line('bad', name, `The app is not in ${label}: write "/invite @CME Commons" there.`))
      else found.push(line('ok', name, `it can post in ${label}`))
    } catch (error) {
      const { code, say } = classify(error)
      found.push(
        code === 'missing_scope'
          ? line('hint', name, `It may not look whether it can post in ${id}: grant channels:read for that.`)
          : line('bad', name, `${id}: ${say} (${code})`),
      )
    }
  }
  return found
}
