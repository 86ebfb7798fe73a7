import { isZone } from '@cme-commons/core'
import { z } from 'zod'

const text = (max: number, say: string) => z.string({ error: say }).min(1, say).max(max, say)
const as = text(60, 'Say who you are: "as" is the id of a member, for example "sara".')
const channel = text(80, '"channel" is the id of a channel; leave it out for the direct message.').optional()
const instant = z.iso.datetime({ offset: true, error: '"to" is a point in time such as 2026-11-30T13:00:00Z.' })
const name = z
  .string({ error: 'Give the new member a name.' })
  .trim()
  .min(1, 'Give the new member a name.')
  .max(60, 'A name has at most 60 characters.')
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'A name has no control characters.')

const BY = '"by" is a number of seconds above 0.'

/** What each call takes. The message of each rule is the sentence that the caller gets. */
export const input = {
  person: z.object({
    name,
    track: z.string().max(60).optional(),
    region: z.string().max(60).optional(),
    zone: z
      .string()
      .refine(isZone, 'That time zone is not known: use a name such as America/Chicago or Europe/Brussels.')
      .default('UTC'),
  }),
  say: z.object({
    as,
    channel,
    text: z
      .string({ error: 'Say something: "text" is what you type.' })
      .trim()
      .min(1, 'Type something first.')
      .max(3000, 'That is too long: 3,000 characters at most.'),
  }),
  press: z.object({
    as,
    channel,
    press: z.string({ error: '"press" is the "act" of a button of a card.' }).max(500),
    message: z.string().max(300).optional(),
  }),
  submit: z.object({
    as,
    channel,
    form: z.string({ error: '"form" is the id of the form that was asked.' }).max(300),
    answers: z.record(z.string().max(100), z.union([z.string().max(4000), z.array(z.string().max(200)).max(50)]), {
      error: '"answers" holds a text, or a list of texts, for each field name.',
    }),
  }),
  clock: z.union(
    [
      z.object({ reset: z.literal(true) }).strict(),
      z.object({ by: z.number({ error: BY }).positive(BY) }).strict(),
      z.object({ to: instant }).strict(),
    ],
    {
      error: 'Move the clock with {"by": seconds}, {"to": "2026-11-30T13:00:00Z"} or {"reset": true}.',
    },
  ),
  until: instant,
}
