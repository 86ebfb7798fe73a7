import { commands } from '@cme-commons/core'
import { BOT_SCOPES, OPTIONAL_SCOPES } from './scopes.ts'

export { BOT_SCOPES, OPTIONAL_SCOPES, SCOPES, type Scope } from './scopes.ts'

/** What Slack tells the app of. */
export const EVENTS = ['app_home_opened', 'app_mention', 'message.im', 'app_uninstalled', 'tokens_revoked'] as const

/** The entries in the menu of a message. */
export const SHORTCUTS = {
  explain: {
    id: 'explain_letters',
    name: 'Explain the letters',
    about: 'What the letters of the field in this message mean; only you see the answer',
  },
  suggest: {
    id: 'suggest_for_digest',
    name: 'Suggest for the digest',
    about: 'Puts this message before the moderators as news for the digest',
  },
  keep: {
    id: 'keep_for_recap',
    name: 'Keep for the recap',
    about: 'For moderators: keeps this message for the recap of the conference',
  },
} as const

/** Where Slack reaches the server over HTTP. */
export const PATHS = { requests: '/slack/events', back: '/slack/oauth_redirect' } as const

export type ManifestOptions = {
  mode: 'socket' | 'http'
  /** The server's public address; `http` needs it. */
  url?: string
  /** Tokens that end after twelve hours. Slack never lets an app go back. */
  rotation?: boolean
}

/** The app as Slack's manifest: what an administrator pastes to make it. */
export function manifest({ mode, url, rotation = false }: ManifestOptions) {
  const at = mode === 'http' && url ? (path: string): string => url.replace(/\/+$/, '') + path : undefined
  return {
    display_information: {
      name: 'CME Commons',
      description: 'Standards news, onboarding and conference reminders for CME professionals',
      long_description:
        'CME Commons serves communities of continuing-medical-education professionals: news of the bodies that set the standards as a digest, in private or in a channel; onboarding in steps, with a needs assessment and a mock activity; a glossary of the letters of the field. It informs and decides nothing: confirm requirements with your accreditor.',
      background_color: '#1b4965',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'CME Commons', always_online: true },
      shortcuts: Object.values(SHORTCUTS).map(({ id, name, about }) => ({
        name,
        type: 'message',
        callback_id: id,
        description: about,
      })),
      slash_commands: [
        {
          command: '/cme',
          description: 'CME Commons: news, your digest, your pathway, the letters of the field',
          usage_hint: `[${commands.map(({ name }) => name).join(' | ')}]`,
          should_escape: false,
          ...(at ? { url: at(PATHS.requests) } : {}),
        },
      ],
    },
    oauth_config: {
      scopes: { bot: [...BOT_SCOPES], bot_optional: [...OPTIONAL_SCOPES] },
      ...(at ? { redirect_urls: [at(PATHS.back)] } : {}),
    },
    settings: {
      event_subscriptions: { bot_events: [...EVENTS], ...(at ? { request_url: at(PATHS.requests) } : {}) },
      interactivity: { is_enabled: true, ...(at ? { request_url: at(PATHS.requests) } : {}) },
      org_deploy_enabled: false,
      socket_mode_enabled: mode === 'socket',
      token_rotation_enabled: rotation,
    },
  }
}
