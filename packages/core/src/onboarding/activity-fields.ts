import type { Option } from '../form.ts'
import type { ActivityField } from './activity.ts'

const option = (value: string, label: string, hint?: string): Option => ({ value, label, ...(hint ? { hint } : {}) })

export const ARRANGEMENTS: readonly Option[] = [
  option('direct', 'One ACCME-accredited provider', 'Direct providership'),
  option('joint', 'With an organization that is not accredited', 'Joint providership'),
  option('co-provided', 'Two accredited providers', 'One of them takes responsibility'),
  option('state-direct', 'A provider of a state medical society', 'Accredited by a recognized accreditor'),
  option('state-joint', 'Such a provider with a partner', 'Joint providership under a state accreditor'),
  option('ja-direct', 'A jointly accredited provider', 'Joint Accreditation'),
  option('ja-joint', 'A jointly accredited provider and a partner', 'Joint Accreditation, jointly provided'),
  option('eaccme', 'An event or material with EACCME', 'Europe and the world but the USA and Canada'),
]

/** The answers of a disclosure plan. The first of each is what the Standards ask for. */
export const DISCLOSURE_OPTIONS = {
  lookback: [
    option('24', 'The past 24 months'),
    option('12', 'The past 12 months'),
    option('36', 'The past 36 months'),
  ],
  amount: [option('any', 'Every relationship, whatever the amount'), option('threshold', 'Those above an amount')],
  judge: [
    option('provider', 'The accredited provider'),
    option('discloser', 'The person who discloses'),
    option('supporter', 'The commercial supporter'),
  ],
  mitigate: [
    option('before-role', 'Before the person begins the role'),
    option('before-activity', 'At some time before the activity'),
    option('after', 'When a complaint comes'),
  ],
  tell: [
    option('before', 'Before they engage with the education'),
    option('during', 'In the course of it'),
    option('after', 'Afterwards, with the certificate'),
  ],
} as const satisfies Partial<Record<ActivityField, readonly Option[]>>

/** The short name of each field, for lists of what is missing. */
export const ACTIVITY_FIELDS: Readonly<Record<ActivityField, string>> = {
  title: 'the title',
  audience: 'the audience',
  format: 'the format',
  start: 'the date',
  place: 'the place',
  schedule: 'the schedule',
  quantity: 'the number of units',
  expires: 'the date of expiry',
  passMark: 'the minimum performance level',
  objectives: 'an objective',
  level: 'the outcome level',
  measure: 'the measure',
  baseline: 'the baseline',
  lookback: 'how far back relationships are asked',
  amount: 'which relationships are asked',
  judge: 'who decides what is relevant',
  mitigate: 'when relationships are mitigated',
  tell: 'when learners are told',
  arrangement: 'who provides it',
  provider: 'the provider',
  partner: 'the partner',
  accreditor: 'the state accreditor',
  team: 'whether a team plans it',
}
