import { setTimeout as wait } from 'node:timers/promises'
import type { Edge } from '@cme-commons/core'
import { makeClient } from './client.ts'
import { classify } from './errors.ts'
import type { Install } from './installs.ts'
import type { SlackSettings } from './settings.ts'

/** The workspace of SLACK_BOT_TOKEN. Which one it is, Slack alone can say, and Slack may be away when we start. */
export type Own = {
  known(): Install | undefined
  /** True while a token is set and Slack has not said yet whose it is. */
  waiting(): boolean
  /** Asks Slack, several at once as one; what went wrong is logged, and asked again by itself until there is an answer. */
  ask(): Promise<Install | undefined>
  /** The app was removed there: nothing is sent with this token any more. */
  forget(): void
  stop(): void
}

const FIRST_MS = 2_000
const LONGEST_MS = 60_000
/** So soon nobody asks again, however many wait. */
const PAUSE_MS = 1_000

export function ownWorkspace(settings: SlackSettings, edge: Edge): Own {
  let install: Install | undefined
  let over = settings.token === ''
  let asking: Promise<Install | undefined> | undefined
  let again: AbortController | undefined
  let failures = 0
  const waiting = () => !over && install === undefined

  function ask(): Promise<Install | undefined> {
    if (!waiting()) return Promise.resolve(install)
    asking ??= look().finally(() => {
      setTimeout(() => {
        asking = undefined
      }, PAUSE_MS).unref()
    })
    return asking
  }
  async function look(): Promise<Install | undefined> {
    try {
      const found = await installOf(settings, edge)
      await edge.enter({ id: found.team, name: found.name })
      if (!over) install = found
      again?.abort()
    } catch (error) {
      const { code } = classify(error)
      if (failures === 0)
        edge.log.error(
          { code },
          'Slack does not take SLACK_BOT_TOKEN, or cannot be reached; "cme slack check" says more',
        )
      void later()
    }
    return install
  }
  /** One timer at a time: a minute apart at last. */
  async function later(): Promise<void> {
    if (again && !again.signal.aborted) return
    const timer = new AbortController()
    again = timer
    const pause = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures++)
    await wait(pause, undefined, { ref: false, signal: timer.signal }).catch(() => {})
    if (timer.signal.aborted) return
    again = undefined
    await ask()
  }
  const stop = () => {
    over = true
    again?.abort()
  }
  return {
    known: () => install,
    waiting,
    ask,
    forget() {
      install = undefined
      stop()
    },
    stop,
  }
}

/** The workspace of a bot token. Throws what Slack answers when the token is not good. */
async function installOf(settings: SlackSettings, edge: Edge): Promise<Install> {
  const answer = await makeClient(settings.api, edge.log, settings.token).auth.test()
  return {
    team: answer.team_id!,
    name: answer.team ?? answer.team_id!,
    token: settings.token,
    botUser: answer.user_id!,
    scopes: answer.response_metadata?.scopes ?? [],
  }
}
