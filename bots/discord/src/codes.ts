import { RESTJSONErrorCodes as E } from 'discord-api-types/v10'

/**
 * What an error of Discord's API means for a delivery. `again`: Discord's trouble, it backs off. `slow`: too fast. `closed`: this person
 * takes no direct messages. `channel`, `role`, `person`, `server`: nothing will arrive there until a person mends it. `refused`: this one thing is not done, everything else goes on. `halt`:
 * nothing arrives anywhere, and the operator has to look. `ours`: what we sent was wrong, and would be wrong again.
 */
export type Fate = 'again' | 'slow' | 'closed' | 'channel' | 'role' | 'person' | 'server' | 'refused' | 'halt' | 'ours'
export type Meaning = { fate: Fate; say: string }

export const TOKEN = 'Discord does not take the token: make a new one and set DISCORD_TOKEN.'
const all = (fate: Fate, say: string, ...codes: number[]) =>
  codes.map((code): [number, Meaning] => [code, { fate, say }])

/** The documented codes that a delivery can meet: messages, pins, direct channels, threads, roles, channels and events. */
export const CODES: Readonly<Record<number, Meaning>> = Object.fromEntries([
  ...all('closed', 'This person takes no direct messages from this server.', E.CannotSendMessagesToThisUser),
  ...all('channel', 'The channel is not there any more: choose another with /cme-admin setup.', E.UnknownChannel),
  ...all(
    'channel',
    'The bot cannot see the channel: give it "View Channel" there, or choose another with /cme-admin setup.',
    E.MissingAccess,
  ),
  ...all(
    'channel',
    'The bot may not post there: give it "Send Messages" and "Send Messages in Threads", or choose another channel with /cme-admin setup.',
    E.MissingPermissions,
  ),
  ...all(
    'channel',
    'This kind of channel cannot take it: choose a text channel with /cme-admin setup.',
    E.CannotSendMessagesInNonTextChannel,
    E.CannotExecuteActionOnThisChannelType,
    E.CannotSendAMessageInAForumChannel,
  ),
  ...all(
    'channel',
    'The verification that the channel asks for keeps the bot out: give the bot’s role access to it.',
    E.ChannelVerificationLevelTooHighForYouToGainAccess,
  ),
  ...all(
    'channel',
    'The server’s own filter (AutoMod) blocked it: exempt the bot’s role under Server Settings, AutoMod.',
    E.MessageWasBlockedByAutomaticModeration,
    E.TitleWasBlockedByAutomaticModeration,
  ),
  ...all('channel', 'The thread is archived or locked.', E.InvalidActionOnArchivedThread, E.ThreadLocked),
  ...all(
    'channel',
    'The forum asks for a tag with every post: switch that off in its settings.',
    E.TagRequiredToCreateAForumPostInThisChannel,
  ),
  ...all(
    'refused',
    'The server has as many channels as Discord allows: delete some.',
    E.MaximumNumberOfGuildChannelsReached,
    E.MaximumNumberOfServerCategoriesReached,
  ),
  ...all(
    'refused',
    'The channel has as many rules for roles and people as Discord allows: remove some.',
    E.MaximumNumberOfChannelPermissionOverwritesReached,
  ),
  ...all(
    'refused',
    'The channel has as many pinned messages as Discord allows: unpin some.',
    E.MaximumNumberOfPinsReachedForTheChannel,
    E.MaximumNumberOfPinnedThreadsInForumHasBeenReached,
  ),
  ...all(
    'refused',
    'The server has as many events to come as Discord allows: remove some.',
    E.MaximumNumberOfUncompletedGuildScheduledEventsReached,
  ),
  ...all('refused', 'The event is not there any more.', E.UnknownGuildScheduledEvent),
  ...all('refused', 'The bot may change its own messages only.', E.CannotEditMessageAuthoredByAnotherUser),
  ...all(
    'role',
    'The role is not there any more: choose it again with /cme-admin setup.',
    E.UnknownRole,
    E.InvalidRole,
  ),
  ...all(
    'person',
    'This person is not on the server any more.',
    E.UnknownMember,
    E.UnknownUser,
    E.InvalidRecipients,
    E.UserBannedFromThisGuild,
    E.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
  ),
  ...all(
    'server',
    'The bot is not on the server any more, or the server is not there.',
    E.UnknownGuild,
    E.InvalidGuild,
    E.ServerNotAvailableInYourLocation,
  ),
  ...all(
    'server',
    'The server has reached a limit of Discord for threads: close old ones.',
    E.MaximumThreadParticipantsReached,
    E.MaximumActiveThreads,
    E.MaximumActiveAnnouncementThreads,
  ),
  ...all(
    'slow',
    'Discord asks to wait.',
    E.ActionCannotBePerformedDueToSlowmodeRateLimit,
    E.ChannelSendRateLimit,
    E.ServerSendRateLimit,
    E.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
    E.OpeningDirectMessagesTooFast,
    E.SendMessagesHasBeenTemporarilyDisabled,
    E.ServiceResourceIsBeingRateLimited,
  ),
  ...all(
    'again',
    'Discord had trouble of its own.',
    E.FeatureTemporarilyDisabledServerSide,
    E.IndexNotYetAvailable,
    E.ApplicationNotYetAvailable,
    E.APIResourceOverloaded,
  ),
  ...all('halt', TOKEN, E.Unauthorized, E.InvalidToken, E.InvalidOAuth2AccessToken),
  ...all(
    'halt',
    'Discord has blocked the application: look at its page in the developer portal.',
    E.VerifyYourAccount,
    E.TheUserAccountMustFirstBeVerified,
    E.TwoFactorAuthenticationIsRequired,
  ),
  ...all('halt', 'The network in front of Discord blocks this machine.', E.CloudflareIsBlockingYourRequest),
  ...all('ours', 'The message that it belongs under was deleted.', E.UnknownMessage),
  ...all(
    'ours',
    'Discord keeps this from being sent: a link in it, or its words, are on a list of Discord’s own.',
    E.MessageBlockedByHarmfulLinksFilter,
    E.ExplicitContentCannotBeSentToTheDesiredRecipient,
    E.StageTopicServerNameServerDescriptionOrChannelNamesContainDisallowedWords,
  ),
  ...all(
    'ours',
    'Discord did not take the message as it was made: please report it.',
    E.CannotSendAnEmptyMessage,
    E.CannotExecuteActionOnDMChannel,
    E.InvalidFormBodyOrContentType,
    E.RequestBodyContainsInvalidJSON,
    E.RequestEntityTooLarge,
    E.InvalidMessageType,
    E.InvalidRequestOrigin,
    E.InvalidAPIVersion,
    E.ThreadAlreadyCreatedForMessage,
  ),
])
