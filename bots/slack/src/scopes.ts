/** One permission the app asks for: why, what it is needed for in Slack's terms, and what is missing without it when it is optional. */
export type Scope = {
  name: string
  why: string
  /** The Web API methods that need it, and the events. */
  methods?: readonly string[]
  events?: readonly string[]
  /** Set when an administrator may leave it out: what does not work then. */
  without?: string
}

const HISTORY = ['conversations.history', 'conversations.replies']

/** Every permission, and nothing that the code does not use: the manifest, the installation and docs/slack.md are made from this. */
export const SCOPES: readonly Scope[] = [
  { name: 'commands', why: 'Hears /cme and the two entries in the menu of a message.' },
  {
    name: 'chat:write',
    why: 'Sends answers, digests and reminders, in its own name, to people and to channels that it was invited to.',
    methods: ['chat.postMessage', 'chat.postEphemeral'],
  },
  {
    name: 'im:write',
    why: 'Opens the direct message in which a member gets her digest and reminders.',
    methods: ['conversations.open'],
  },
  {
    name: 'users:read',
    why: 'Reads the name, time zone and language of who speaks to it, and whether she administers the workspace.',
    methods: ['users.info'],
  },
  {
    name: 'app_mentions:read',
    why: 'Hears a message that names the app, and no other message of a channel; it answers in the thread.',
    events: ['app_mention'],
  },
  {
    name: 'channels:read',
    why: 'Looks whether it can post in the public channels that moderators named, so that `cme slack check` can say what is in the way.',
    methods: ['conversations.info'],
    without: '`cme slack check` cannot say whether it can post in a channel.',
  },
  {
    name: 'groups:read',
    why: 'As channels:read, for private channels that the app was invited to.',
    methods: ['conversations.info'],
    without: '`cme slack check` cannot say whether it can post in a private channel.',
  },
  {
    name: 'im:history',
    why: 'Hears what is written to the app itself in its direct messages, and looks there whether a message arrived before a crash.',
    methods: HISTORY,
    events: ['message.im'],
    without: 'In a direct message only /cme and buttons are understood.',
  },
  {
    name: 'channels:history',
    why: 'Looks whether its own message arrived in a public channel before a crash or a lost answer; nothing else is read.',
    methods: HISTORY,
    without: 'After a crash a message may come twice there.',
  },
  {
    name: 'groups:history',
    why: 'As channels:history, for a private channel that the app was invited to.',
    methods: HISTORY,
    without: 'After a crash a message may come twice there.',
  },
]

/** Methods of the Web API that need no permission of the bot's; `apps.connections.open` has a token of its own. */
export const FREE_METHODS: readonly string[] = [
  'apps.connections.open',
  'auth.test',
  'oauth.v2.access',
  'views.open',
  'views.update',
  'views.publish',
]

/** The names of all permissions, as an installation asks for them; Slack shows those marked optional with a choice. */
export const BOT_SCOPES: readonly string[] = SCOPES.map(({ name }) => name)
export const OPTIONAL_SCOPES: readonly string[] = SCOPES.flatMap(({ name, without }) => (without ? [name] : []))
