import type { Outcome } from '@cme-commons/core'

/**
 * What an error of Slack's Web API means for a delivery. `again`: Slack's trouble, it backs off. `slow`: too fast. `channel`, `person`,
 * `workspace`: nothing will arrive there until a person mends it. `ours`: what we sent was wrong, and would be wrong again.
 */
export type Fate = 'again' | 'slow' | 'channel' | 'person' | 'workspace' | 'ours'

const all = (fate: Fate, say: string, ...errors: string[]) =>
  errors.map((error): [string, { fate: Fate; say: string }] => [error, { fate, say }])

/** Of these Slack says that part of what was asked may have been done before the error. */
const HALF_DONE: ReadonlySet<string> = new Set(['fatal_error', 'internal_error'])

/** Every documented error of the methods that deliver: chat.postMessage, conversations.open, conversations.history and .replies. */
export const ERRORS: Readonly<Record<string, { fate: Fate; say: string }>> = Object.fromEntries([
  ...all('slow', 'Slack asks to wait.', 'ratelimited', 'rate_limited'),
  ...all(
    'again',
    'Slack had trouble of its own.',
    'fatal_error',
    'internal_error',
    'service_unavailable',
    'request_timeout',
    'accesslimited',
    'team_added_to_org',
    'external_channel_migrating',
    'org_login_required',
    'list_record_comment_fetch_failed',
  ),
  ...all('again', 'The workspace has sent more messages than its plan allows.', 'message_limit_exceeded'),
  ...all(
    'channel',
    'The channel is not there any more, or the app cannot see it: invite the app with /invite, or choose another channel with /cme setup.',
    'channel_not_found',
    'not_in_channel',
    'team_not_found',
    'method_not_supported_for_channel_type',
    'channel_type_not_supported',
    'thread_not_found',
    'invalid_thread_ts',
    'message_not_found',
    'cannot_reply_to_message',
    'channel_is_limited_access',
  ),
  ...all('channel', 'The channel is archived: restore it, or choose another with /cme setup.', 'is_archived'),
  ...all(
    'channel',
    'The channel lets only some people post: allow the app in its posting permissions, or choose another with /cme setup.',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'restricted_action_non_threadable_channel',
    'restricted_action_thread_locked',
    'thread_locked',
    'ekm_access_denied',
    'slack_connect_canvas_sharing_blocked',
    'slack_connect_file_link_sharing_blocked',
    'slack_connect_lists_sharing_blocked',
  ),
  ...all(
    'person',
    'This person has left the workspace, or cannot be written to.',
    'user_not_found',
    'user_not_visible',
    'user_disabled',
    'users_not_found',
    'cannot_dm_bot',
    'invalid_user_combination',
    'not_enough_users',
    'users_list_not_supplied',
    'too_many_users',
    'user_not_in_channel',
    'app_cannot_join_channel',
  ),
  ...all(
    'workspace',
    'The token does not work any more: install the app again.',
    'not_authed',
    'invalid_auth',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'invalid_refresh_token',
    'two_factor_setup_required',
  ),
  ...all(
    'workspace',
    'The app may not do this: install it again with the permissions of "cme slack manifest".',
    'access_denied',
    'no_permission',
    'missing_scope',
    'not_allowed_token_type',
    'send_on_behalf_not_allowed',
    'app_access_restricted',
    'enterprise_is_restricted',
    'team_access_not_granted',
    'as_user_not_supported',
    'channel_not_allowed',
    'plan_upgrade_required',
  ),
  ...all(
    'workspace',
    'Messages to the app are switched off: switch on the Messages tab under App Home in the settings of the app.',
    'messages_tab_disabled',
  ),
  ...all(
    'ours',
    'Slack did not take the message as it was made: please report it.',
    'no_text',
    'msg_too_long',
    'msg_blocks_too_long',
    'invalid_blocks',
    'invalid_blocks_format',
    'invalid_attachments',
    'too_many_attachments',
    'too_many_contact_cards',
    'attachment_payload_limit_exceeded',
    'block_mismatch',
    'markdown_text_conflict',
    'invalid_metadata_format',
    'invalid_metadata_schema',
    'metadata_too_large',
    'metadata_must_be_sent_from_app',
    'invalid_cursor',
    'invalid_metadata_filter_keys',
    'invalid_limit',
    'invalid_ts_latest',
    'invalid_ts_oldest',
    'duplicate_channel_not_found',
    'duplicate_message_not_found',
    'missing_file_data',
    'invalid_arg_name',
    'invalid_arguments',
    'invalid_array_arg',
    'invalid_charset',
    'invalid_form_data',
    'invalid_post_type',
    'missing_post_type',
    'invalid_json',
    'json_not_object',
    'missing_argument',
    'missing_charset',
    'superfluous_charset',
    'deprecated_endpoint',
    'method_deprecated',
    'unknown_method',
  ),
])

/** What an error of the client means, without its text where that could quote a message. */
export type Classified = { fate: Fate; code: string; say: string; after?: number; doubt?: boolean }

/** Slack's own clients wait half a minute where it does not say how long. */
const UNTOLD_S = 30

/** Reads the client's error classes by shape, so that two copies of the library understand each other. */
export function classify(error: unknown): Classified {
  const e = error as {
    data?: { error?: string; response_metadata?: { retryAfter?: number } }
    retryAfter?: number
    statusCode?: number
    code?: string
    message?: string
  }
  const slow = (after: number): Classified => ({ fate: 'slow', code: 'ratelimited', say: 'Slack asks to wait.', after })
  if (typeof e.retryAfter === 'number') return slow(e.retryAfter)
  const code = e.data?.error
  if (code) {
    // An error that nobody documented may pass, and is given up after some tries like any other.
    const { fate, say } = ERRORS[code] ?? { fate: 'again', say: `Slack answered ${code}.` }
    if (fate === 'slow') return { ...slow(e.data?.response_metadata?.retryAfter ?? UNTOLD_S), code }
    return { fate, say, code, ...(HALF_DONE.has(code) ? { doubt: true } : {}) }
  }
  // The client's words for a refusal that does not say how long.
  if (e.statusCode === 429 || /^Retry header did not/.test(e.message ?? '')) return slow(UNTOLD_S)
  if (e.statusCode !== undefined)
    return {
      fate: 'again',
      code: `http_${e.statusCode}`,
      say: `Slack answered ${e.statusCode}.`,
      doubt: e.statusCode >= 500,
    }
  if (e.code?.startsWith('slack_webapi_'))
    return { fate: 'again', code: 'no_answer', say: 'Slack did not answer.', doubt: true }
  // Not of Slack's making, and at an unknown point of the way.
  return { fate: 'again', code: 'own_trouble', say: 'The program could not go on; its log says why.', doubt: true }
}

/** The outcome for the ledger; `only` says that other addresses of the workspace may go on. */
export function outcomeOf({ fate, code, say, after, doubt }: Classified): Outcome {
  if (fate === 'slow') return { later: Math.max(1, after ?? 1) * 1000, only: 'address', why: say }
  if (fate === 'again') return { failed: `${say} (${code})`, doubt: doubt ?? false }
  return { never: `${say} (${code})`, ...(fate === 'ours' ? {} : { gone: 'address' }) }
}
