import type { Outcome } from '@cme-commons/core'
import { RESTJSONErrorCodes as E } from 'discord-api-types/v10'

/**
 * What an error of Discord's API means for a delivery. `again`: Discord's trouble, it backs off. `slow`: too fast. `closed`: this person
 * takes no direct messages. `channel`, `role`, `person`, `server`: nothing will arrive there until a person mends it. `halt`: nothing
 * arrives anywhere, and the operator has to look. `ours`: what we sent was wrong, and would be wrong again.
 */
export type Fate = 'again' | 'slow' | 'closed' | 'channel' | 'role' | 'person' | 'server' | 'halt' | 'ours'
type Meaning = { fate: Fate; say: string }

const TOKEN = 'Discord does not take the token: make a new one and set DISCORD_TOKEN.'
const all = (fate: Fate, say: string, ...codes: number[]) =>
  codes.map((code): [number, Meaning] => [code, { fate, say }])

/** The documented codes that a delivery can meet: messages, direct channels, threads and roles. */
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

export type Classified = Meaning & { code: string; after?: number; global?: boolean; doubt?: boolean }

/** What never left this machine leaves no doubt whether it arrived. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Reads the client's error classes by shape. A code that is not in the table counts by its status. */
export function classify(error: unknown): Classified {
  const e = error as {
    code?: number | string
    status?: number
    timeToReset?: number
    retryAfter?: number
    limit?: number
    global?: boolean
  }
  if (typeof e.timeToReset === 'number') {
    // Without a bucket's limit it is not a bucket that is empty: something in front of the API asks for patience.
    const least = Number.isFinite(e.limit) ? 0 : 5_000
    const after = Math.max(e.timeToReset, e.retryAfter ?? 0, least) + 50
    return { fate: 'slow', code: '429', say: 'Discord asks to wait.', after, global: e.global ?? false }
  }
  if (typeof e.code === 'number' && Object.hasOwn(CODES, e.code)) {
    const known = CODES[e.code]!
    return { ...known, code: String(e.code), ...(known.fate === 'slow' ? { after: 60_000 } : {}) }
  }
  return e.status === undefined ? unanswered(e.code) : byStatus(e.status, e.code)
}

function unanswered(code: number | string | undefined): Classified {
  const doubt = !UNSENT.has(String(code))
  return {
    fate: 'again',
    code: 'no_answer',
    say: doubt ? 'Discord did not answer.' : 'Discord cannot be reached.',
    doubt,
  }
}

function byStatus(status: number, code?: number | string): Classified {
  if (status === 401) return { fate: 'halt', code: '401', say: TOKEN }
  if (status === 403)
    return { fate: 'channel', code: '403', say: 'Discord does not allow it: look at the permissions of the bot.' }
  if (status === 404)
    return {
      fate: 'channel',
      code: '404',
      say: 'Discord does not find it any more: choose it again with /cme-admin setup.',
    }
  if (status === 429) return { fate: 'slow', code: '429', say: 'Discord asks to wait.', after: 5_000 }
  if (status >= 500 || status === 408)
    return { fate: 'again', code: String(status), say: `Discord answered ${status}.`, doubt: true }
  return { fate: 'ours', code: String(code || status), say: `Discord answered ${status}.` }
}

export function outcomeOf({ fate, code, say, after, global, doubt }: Classified): Outcome {
  if (fate === 'slow') return { later: Math.ceil(after ?? 1_000), ...(global ? {} : { only: 'address' }), why: say }
  if (fate === 'again') return { failed: `${say} (${code})`, doubt: doubt ?? false }
  // The whole lane waits: one token is for every server.
  if (fate === 'halt') return { later: 10 * 60_000, why: `${say} (${code})` }
  return { never: `${say} (${code})`, ...(fate === 'ours' || fate === 'role' ? {} : { gone: 'address' }) }
}
