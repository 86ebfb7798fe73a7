import { PermissionFlagsBits } from 'discord-api-types/v10'

/** A permission that the bot asks for: what Discord calls it, what the bot does with it, and what does not work without it. */
export type Permission = { bit: bigint; name: string; why: string; without: string; for: Feature }
export type Feature = 'messages' | 'threads' | 'fallback' | 'roles' | 'conferences'

/** Every permission the bot uses, and no other. The invitation, the checks and the docs are made from this table. */
export const permissions: readonly Permission[] = [
  {
    bit: PermissionFlagsBits.ViewChannel,
    name: 'View Channels',
    why: 'to see the channels that moderators name for news and notices',
    without: 'Nothing can be sent to a channel.',
    for: 'messages',
  },
  {
    bit: PermissionFlagsBits.SendMessages,
    name: 'Send Messages',
    why: 'to post a channel’s digest and the notices to moderators',
    without: 'A channel’s digest does not come; answers to commands still do.',
    for: 'messages',
  },
  {
    bit: PermissionFlagsBits.CreatePublicThreads,
    name: 'Create Public Threads',
    why: 'to open a thread under a digest that is longer than one message',
    without: 'What a digest has no room for does not come by itself; a button shows it.',
    for: 'threads',
  },
  {
    bit: PermissionFlagsBits.SendMessagesInThreads,
    name: 'Send Messages in Threads',
    why: 'to put the rest of a digest into its thread, and to write in private threads',
    without: 'The same, and private threads stay empty.',
    for: 'threads',
  },
  {
    bit: PermissionFlagsBits.CreatePrivateThreads,
    name: 'Create Private Threads',
    why: 'to reach a member who takes no direct messages, in the channel that moderators name for it',
    without: 'A member with closed direct messages gets no digest and no reminders.',
    for: 'fallback',
  },
  {
    bit: PermissionFlagsBits.ManageRoles,
    name: 'Manage Roles',
    why: 'to give the role of a track to who chooses it, and to take the one before (the bot’s own role has to stand above them); to close the channel of a conference for writing on the day that a moderator chose',
    without: 'Choosing a track gives no role, and a moderator closes the channel of a conference herself.',
    for: 'roles',
  },
  {
    bit: PermissionFlagsBits.ManageChannels,
    name: 'Manage Channels',
    why: 'to open a channel or forum for a conference when a moderator asks for it, with its category, and to set its topic; it touches no other channel',
    without: 'A moderator creates the channel of a conference and names it to the bot.',
    for: 'conferences',
  },
  {
    bit: PermissionFlagsBits.PinMessages,
    name: 'Pin Messages',
    why: 'to pin its welcome and its schedule in the channel of a conference',
    without: 'Its welcome and its schedule stand there without being pinned.',
    for: 'conferences',
  },
  {
    bit: PermissionFlagsBits.CreateEvents,
    name: 'Create Events',
    why: 'to show the days and chosen sessions of a conference among the events of the server, and to move or cancel these',
    without: 'A conference is not among the events of the server.',
    for: 'conferences',
  },
]

/** The bits of all permissions, or of those that some features use, as Discord writes them. */
export const permissionBits = (features?: readonly Feature[]): bigint =>
  permissions
    .filter((permission) => !features || features.includes(permission.for))
    .reduce((bits, { bit }) => bits | bit, 0n)

/** The permissions that are not among `has`; an administrator has them all. */
export const missingPermissions = (has: bigint, features?: readonly Feature[]): Permission[] =>
  (has & PermissionFlagsBits.Administrator) !== 0n
    ? []
    : permissions.filter(({ bit, for: feature }) => (has & bit) === 0n && (!features || features.includes(feature)))

/** The address under which a server's owner lets the bot in, with exactly the permissions of the table. `api` is where the API is. */
export function inviteUrl({
  api,
  applicationId,
  guild,
}: {
  api: string
  applicationId: string
  guild?: string
}): string {
  const url = new URL('/oauth2/authorize', api)
  url.search = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(permissionBits()),
    ...(guild ? { guild_id: guild, disable_guild_select: 'true' } : {}),
  }).toString()
  return url.href
}
