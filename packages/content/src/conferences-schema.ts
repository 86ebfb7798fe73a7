import { DATE_KINDS } from '@cme-commons/core'
import { z } from 'zod'
import { id, provenance, words } from './schema.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written 2026-11-23')
const month = z.int().min(1).max(12)
const kind = z.enum(DATE_KINDS)
const href = z.string().regex(/^https?:\/\/[^\s/]+\.[^\s/]+/, 'an address is written https://example.org')

const usual = z.strictObject({ kind, month, told: month.optional(), says: words, ...provenance })
const past = z.strictObject({ kind, day: day.optional(), to: day.optional(), says: words, ...provenance })

const conference = z.strictObject({
  id,
  name: words,
  short: words.max(60, 'a short name has at most 60 characters'),
  organiser: words,
  href: href.optional(),
  tracks: z.array(id).min(1, 'name at least one track'),
  region: id,
  month: month.optional(),
  format: z.enum(['in-person', 'online', 'hybrid', 'varies']),
  about: words,
  usual: z.array(usual),
  past: z.array(past),
  ...provenance,
})

const standing = z.strictObject({
  id,
  name: words,
  kind,
  organiser: words,
  tracks: z.array(id).min(1, 'name at least one track'),
  region: id,
  href: href.optional(),
  month,
  day: z.int().min(1).max(31),
  calendar: z.string().optional(),
  zone: z.string(),
  says: words,
  ...provenance,
})

const link = { id, name: words, region: id, href: href.optional(), says: words, ...provenance }
const step = z.union(
  [
    z.strictObject({ ...link, weeks: z.int().min(1).max(520) }),
    z.strictObject({ ...link, years: z.int().min(1).max(20) }),
    z.strictObject({ ...link, next: id }),
  ],
  { error: 'a step has its own fields and one of `weeks`, `years` and `next`' },
)

const calendar = z.strictObject({
  id: z.string().regex(/^[A-Z]{2}$/, 'a calendar is named by two letters, such as US'),
  name: words,
  from: z.int(),
  to: z.int(),
  days: z.array(z.array(day)).transform((years) => years.flat()),
  ...provenance,
})

/** What the files of conferences and deadlines must hold. */
export const conferenceFiles = {
  'conferences.yaml': z.array(conference),
  'deadlines.yaml': z.strictObject({ standing: z.array(standing), chain: z.array(step) }),
  'holidays.yaml': z.array(calendar),
  'disclosure.yaml': z.strictObject({ title: words, says: z.array(words).min(1).max(6), href, ...provenance }),
}
