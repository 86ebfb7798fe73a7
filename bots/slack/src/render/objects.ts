import { cut } from '@cme-commons/core'
import type { MrkdwnElement, PlainTextElement } from '@slack/types'
import { literal } from './clean.ts'

/** A plain text object of at most `max` characters; Slack refuses an empty one, so `fallback` stands in. */
export const plainObject = (value: string, max: number, fallback: string): PlainTextElement => ({
  type: 'plain_text',
  text: cut(literal(value) || literal(fallback), max) || '…',
  emoji: false,
})

/** Text that is drawn already. Verbatim: Slack finds no links, channels or names of its own in it. */
export const mrkdwn = (drawn: string): MrkdwnElement => ({ type: 'mrkdwn', text: drawn, verbatim: true })
