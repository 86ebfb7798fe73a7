import type { Filter } from '@cme-commons/core'

/** Made-up readers, so that a moderator sees a digest with other eyes. */
export const PERSONAS: readonly { id: string; name: string; about: string; filter: Partial<Filter> }[] = [
  {
    id: 'sara',
    name: 'Sara, at a hospital',
    about: 'a program manager at a large urban hospital in the United States who plans activities.',
    filter: { tracks: ['program'], regions: ['us', 'intl'] },
  },
  {
    id: 'academic',
    name: 'An academic lead',
    about: 'leads the CME office of a medical school in the United States.',
    filter: { tracks: ['academic'], regions: ['us', 'intl'] },
  },
  {
    id: 'technologist',
    name: 'A technologist',
    about: 'builds learning platforms for providers, wherever they are.',
    filter: { tracks: ['edtech'] },
  },
  {
    id: 'eaccme',
    name: 'An applicant to EACCME',
    about: 'organises European congresses and applies to EACCME for their accreditation.',
    filter: { bodies: ['uems'], regions: ['eu', 'intl'] },
  },
  {
    id: 'everything',
    name: 'Somebody who wants everything',
    about: 'follows all tracks, bodies and regions.',
    filter: {},
  },
]
