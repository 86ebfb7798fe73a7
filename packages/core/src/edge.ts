import type { Action } from './action.ts'
import type { Deliver } from './delivery/effect.ts'
import type { Option } from './form.ts'
import type { Knowledge } from './knowledge/knowledge.ts'
import type { Actor } from './people/actor.ts'
import type { SpaceSettings } from './people/space.ts'
import type { Reply } from './reply.ts'
import type { Instant } from './time.ts'

/** A space as its platform tells of it. `installer` becomes its first moderator. */
export type ArrivedSpace = { id: string; name: string; zone?: string; installer?: string }

/** What a person types into a field that completes: the words of the field, or a name the product keeps. `about` is all that news can be about. */
export type Completes = 'term' | 'step' | 'source' | 'about' | 'topic' | 'track' | 'region' | 'conference'

/**
 * What a bot is handed by whoever puts the program together, and all it knows of the product. Everything that is awaited here may
 * reject with a throw that is a bug or a database that is away: the bot apologises with the id that `apology` gives.
 */
export type Edge = {
  platform: 'slack' | 'discord'
  content: Knowledge
  now(): Instant
  /** Where our pages are, for links. */
  site: string
  /**
   * One action in one transaction. With `once`, the platform's own id of what arrived, a second arrival acts no more and gets nothing.
   */
  perform(actor: Actor, action: Action, once?: string): Promise<Reply | undefined>
  /** The best 25 ways to complete what was typed, the nearest first. */
  complete(actor: Actor, what: Completes, typed: string): Promise<readonly Option[]>
  /** Makes a space on first sight, opens it again after it was left, and keeps its name up to date. */
  enter(space: ArrivedSpace): Promise<void>
  /** The bot was taken out of a space: deliveries to it stop and what docs/privacy.md promises is deleted. */
  leave(space: string, why: string): Promise<void>
  /** The ids of the platform's spaces that it was not taken out of. */
  spaces(): Promise<readonly string[]>
  /**
   * A channel or role of a space is not there any more (`gone`), or the bot cannot use it: whoever can mend it hears of it once, and what
   * the settings and digests have of one that is gone ends.
   */
  amiss(space: string, what: Amiss): Promise<void>
  settings(space: string): Promise<SpaceSettings>
  /** The space in which a person was seen last, for what she says where no space is told (a direct message on Discord). */
  spaceOf(user: string): Promise<string | undefined>
  /** A small memory of the bot's own that outlives the process: an open direct channel, a thread, the hash of a view. */
  recall(name: string): Promise<string | undefined>
  /** Keeps a value under a name, or forgets it. It goes when the space is left or the person is erased that it is `about`. */
  remember(name: string, value: string | undefined, about?: About): Promise<void>
  /** As `recall` and `remember`, for secrets: sealed with the operator's key. */
  sealed: {
    get(name: string): Promise<string | undefined>
    put(name: string, value: string | undefined, about?: About): Promise<void>
  }
  /**
   * Takes or renews a lease by name for `ms` milliseconds: true while it is ours. One process holds the Discord gateway, and one at a
   * time refreshes a token.
   */
  hold(name: string, ms: number): Promise<boolean>
  letGo(name: string): Promise<void>
  /** Counts and logs; never a token, a text or an answer of a person. */
  log: EdgeLog
  /** Logs an error and answers the id under which the operator finds it. */
  apology(error: unknown, what: string): string
}

/** Something of the platform that does not work; `say` is why, and what to do. */
export type Amiss = ({ channel: string } | { role: string }) & { say: string; gone?: boolean }

export type About = { space?: string; user?: string }

export type EdgeLog = Record<'debug' | 'info' | 'warn' | 'error', (facts: object, say: string) => void>

/** One line of what a `check` found: what is in order, worth knowing, or bad, with what to do. */
export type Checked = { name: string; state: 'ok' | 'hint' | 'bad'; say: string }

/**
 * A bot at work. `deliver` is what the courier calls; `ready` is true while the platform is connected; `moderates` asks the platform whether
 * somebody moderates a space right now, and answers nothing while it does not say.
 */
export type Bot = {
  deliver: Deliver
  ready(): boolean
  moderates(person: { space: string; user: string }): Promise<boolean | undefined>
  stop(): Promise<void>
}
