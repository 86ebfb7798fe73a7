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
  { name: 'commands', why: 'Hears /cme and the three entries in the menu of a message.' },
  {
    name: 'chat:write',
    why: 'Sends answers, digests and reminders, in its own name, to people and to channels that it was invited to.',
    methods: ['chat.postMessage', 'chat.postEphemeral', 'chat.update'],
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
    why: 'Looks whether it can post in the public channels that moderators named, so that `cme slack check` can say what is in the way; finds the channel of a conference again, so that no second one is opened.',
    methods: ['conversations.info', 'conversations.list'],
    without:
      'No channel can be opened for a conference, and `cme slack check` cannot say whether it can post in a channel.',
  },
  {
    name: 'groups:read',
    why: 'As channels:read, for private channels that the app was invited to.',
    methods: ['conversations.info'],
    without: '`cme slack check` cannot say whether it can post in a private channel.',
  },
  {
    name: 'channels:manage',
    why: 'Opens a channel for a conference when a moderator asks for it, sets its topic, and archives it on the day she chose; it touches no other channel.',
    methods: ['conversations.create', 'conversations.setTopic', 'conversations.archive', 'conversations.unarchive'],
    without: 'A moderator creates the channel of a conference, names it to the app, and archives it herself.',
  },
  {
    name: 'channels:join',
    why: 'Enters the public channel that a moderator named for a conference.',
    methods: ['conversations.join'],
    without: 'A moderator writes /invite @CME Commons there before she names it.',
  },
  {
    name: 'pins:write',
    why: 'Pins its welcome and its schedule in the channel of a conference.',
    methods: ['pins.add'],
    without: 'Its welcome and its schedule stand there without being pinned.',
  },
  {
    name: 'bookmarks:read',
    why: 'Looks whether its bookmarks stand in the channel of a conference, so that none comes twice.',
    methods: ['bookmarks.list'],
    without: 'The channel of a conference gets no bookmarks.',
  },
  {
    name: 'bookmarks:write',
    why: 'Puts the calendar and the site of a conference into the bookmarks of its channel.',
    methods: ['bookmarks.add', 'bookmarks.edit'],
    without: 'The channel of a conference gets no bookmarks.',
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
