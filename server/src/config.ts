import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** A setting of the program: its environment variable, what it is for, and how its text becomes a value (throws what is wrong). */
type Setting<T> = { name: string; about: string; fallback: string; secret?: boolean; read: (text: string) => T }

export const ROLES = ['api', 'jobs', 'courier', 'slack', 'discord'] as const
export type Role = (typeof ROLES)[number]

const setting = <T>(name: string, fallback: string, about: string, read: (text: string) => T): Setting<T> => ({
  name,
  fallback,
  about,
  read,
})
const secret = (name: string, about: string, read: (text: string) => string = String): Setting<string> => ({
  ...setting(name, '', about, read),
  secret: true,
})
const begins =
  (start: string, what: string) =>
  (text: string): string => {
    if (text && !text.startsWith(start)) throw new Error(`${what} begins with ${start}`)
    return text
  }
const address = (text: string): string => {
  if (text && !(/^https?:\/\//.test(text) && URL.canParse(text)))
    throw new Error('write an address as in https://example.org/api')
  return text.replace(/\/+$/, '')
}
const words = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean)

const perMinute = (text: string): number => {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 0 || count > 1e9)
    throw new Error('it is a whole number of requests a minute, or 0')
  return count
}
const origins = (text: string): string[] => {
  const all = words(text)
  const wrong = all.find((one) => one !== '*' && !(URL.canParse(one) && new URL(one).origin === one))
  if (wrong !== undefined) throw new Error('write sites without a path, as in https://society.example, or *')
  return all
}

/** Every setting there is. `NAME_FILE` names a file that holds the value instead. */
export const settings = {
  port: setting('PORT', '8787', 'Where the pages and the API listen', (text) => {
    const port = Number(text)
    if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error('a port is a whole number from 1 to 65535')
    return port
  }),
  host: setting('HOST', '127.0.0.1', 'The address to listen on; 0.0.0.0 for all', String),
  database: {
    ...setting('DATABASE_URL', 'sqlite:./data/cme.db', 'sqlite:<file> or postgres://…', String),
    secret: true,
  },
  site: setting(
    'PUBLIC_URL',
    '',
    'The address under which people reach the pages; made from HOST and PORT when empty',
    address,
  ),
  tryOut: setting('TRY_OUT', 'auto', 'on, off, or auto: on while no chat platform is connected', (text) => {
    if (text !== 'on' && text !== 'off' && text !== 'auto') throw new Error('it is on, off or auto')
    return text as 'on' | 'off' | 'auto'
  }),
  roles: setting('ROLES', ROLES.join(','), 'What this process does, when several share one PostgreSQL', (text) => {
    const roles = words(text)
    const stranger = roles.find((role) => !ROLES.includes(role as Role))
    if (stranger || roles.length === 0) throw new Error(`choose among ${ROLES.join(', ')}`)
    return roles as Role[]
  }),
  allow: setting(
    'FEEDS_ALLOW',
    '',
    'Hosts, host:port or address ranges in your own network that feeds may be read from',
    words,
  ),
  webhooksAllow: setting(
    'WEBHOOKS_ALLOW',
    '',
    'Hosts, host:port or address ranges in your own network that webhooks may be sent to, also without encryption',
    words,
  ),
  contact: setting('CONTACT', '', 'An address for the owners of feeds, told in the user agent', String),
  log: setting('LOG_LEVEL', 'warn', 'debug, info, warn, error or silent', (text) => {
    if (!['debug', 'info', 'warn', 'error', 'silent'].includes(text))
      throw new Error('it is debug, info, warn, error or silent')
    return text
  }),
  metricsToken: secret(
    'METRICS_TOKEN',
    'At least 16 characters; /metrics then answers whoever sends them as a bearer token, and nobody before',
    (text) => {
      if (text && text.length < 16)
        throw new Error('it needs at least 16 characters, as `openssl rand -hex 16` makes them')
      return text
    },
  ),
  secretKey: secret(
    'SECRET_KEY',
    'At least 32 characters of your own that seal what the database keeps of tokens; needed for webhooks and to install Slack in many workspaces',
    (text) => {
      if (text && text.length < 32)
        throw new Error('it needs at least 32 characters, as `openssl rand -base64 32` makes them')
      return text
    },
  ),
  slackToken: secret('SLACK_BOT_TOKEN', 'The bot token of one Slack workspace (xoxb-…)', begins('xox', 'a bot token')),
  slackAppToken: secret(
    'SLACK_APP_TOKEN',
    'An app-level token (xapp-…) with connections:write: Slack is reached without a public address',
    begins('xapp-', 'an app-level token'),
  ),
  slackSigningSecret: secret('SLACK_SIGNING_SECRET', 'Checks that a request over HTTP comes from Slack'),
  slackClientId: setting('SLACK_CLIENT_ID', '', 'Of the Slack app, to install it in many workspaces', String),
  slackClientSecret: secret('SLACK_CLIENT_SECRET', 'Of the Slack app, to install it in many workspaces'),
  slackApi: setting('SLACK_API_URL', 'https://slack.com/api', 'Where the Slack Web API is', address),
  slackAuthorize: setting(
    'SLACK_AUTHORIZE_URL',
    'https://slack.com/oauth/v2/authorize',
    'Where a person allows the Slack app to be installed',
    address,
  ),
  discordToken: secret('DISCORD_TOKEN', 'The token of the Discord bot'),
  discordApi: setting('DISCORD_API_URL', 'https://discord.com/api', 'Where the Discord API is', address),
  rateLimit: setting('RATE_LIMIT', '600', 'Requests a minute to the API from one address; 0 for any number', perMinute),
  tokenRateLimit: setting(
    'RATE_LIMIT_TOKEN',
    '1200',
    'Requests a minute to the API with one token; 0 for any number',
    perMinute,
  ),
  proxies: setting(
    'TRUSTED_PROXIES',
    '0',
    'How many proxies of your own stand before the program: with 1, who asks is the last address in X-Forwarded-For',
    (text) => {
      const count = Number(text)
      if (!Number.isInteger(count) || count < 0 || count > 9) throw new Error('it is a whole number from 0 to 9')
      return count
    },
  ),
  corsOrigins: setting(
    'CORS_ORIGINS',
    '',
    'Sites whose scripts may read the API in a browser, as in https://society.example, or * for all',
    origins,
  ),
  slackInvite: setting(
    'SLACK_INVITE_URL',
    '',
    'Where people join your Slack workspace; the home page shows it',
    address,
  ),
  discordInvite: setting(
    'DISCORD_INVITE_URL',
    '',
    'Where people join your Discord server; the home page shows it',
    address,
  ),
  backupDir: setting(
    'BACKUP_DIR',
    '',
    'Where backups of before an upgrade go; beside the SQLite file, or ./data for PostgreSQL, when empty',
    String,
  ),
  upgradeBackup: setting(
    'UPGRADE_BACKUP',
    'on',
    'on or off: whether a database is backed up before it is upgraded',
    (text) => {
      if (text !== 'on' && text !== 'off') throw new Error('it is on or off')
      return text as 'on' | 'off'
    },
  ),
  content: setting('CONTENT_DIR', '', 'A folder with your own content instead of the one that ships', String),
} as const

export type Config = { [K in keyof typeof settings]: ReturnType<(typeof settings)[K]['read']> }

/** A setting that cannot be used: `message` is one line that names it and says what it should be. */
export class ConfigError extends Error {}

/** The configuration from the environment. Throws a `ConfigError` that names every setting that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const wrong: string[] = []
  const values = Object.entries(settings).map(([key, { name, fallback, read }]) => {
    try {
      return [key, read(given(env, name) ?? fallback)]
    } catch (error) {
      wrong.push(`${name}: ${(error as Error).message}`)
      return [key, undefined]
    }
  })
  if (wrong.length > 0) throw new ConfigError(wrong.join('; '))
  const config = Object.fromEntries(values) as Config
  return { ...config, content: config.content && resolve(config.content) }
}

function given(env: NodeJS.ProcessEnv, name: string): string | undefined {
  if (env[name]) return env[name]
  const file = env[`${name}_FILE`]
  if (!file) return undefined
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw new Error(`the file ${file} that ${name}_FILE names cannot be read`)
  }
}

/** Which settings are given, by name only: secrets are never shown. */
export const settingsGiven = (env: NodeJS.ProcessEnv = process.env): string[] =>
  Object.values(settings)
    .map(({ name }) => (env[name] ? name : env[`${name}_FILE`] ? `${name}_FILE` : ''))
    .filter(Boolean)

/** What the terminal is like, for colours in the one friendly screen. */
export const colours = (env: NodeJS.ProcessEnv = process.env): boolean => process.stdout.isTTY === true && !env.NO_COLOR

/** The environment of another program that we start, with further values. */
export const environmentWith = (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...more,
})
