import { type Knowledge, trackName } from '@cme-commons/core'
import { membersAfter, type Read, stepsOf } from '@cme-commons/db'

/** So many members are read at once. */
const CHUNK = 200

const day = (at: string | null): string => at?.slice(0, 10) ?? ''

/** A line of the export: text and numbers, in the order of its first line. */
export type ExportLine = readonly (string | number)[]

/**
 * The members of a space, one a line, read in stretches: who they are here, where they stand, and for each step the day it was done.
 * Days are those of UTC.
 */
export async function* exportMembers(db: Read, space: string, content: Knowledge): AsyncGenerator<ExportLine[]> {
  const steps = content.onboarding.pathways.flatMap((pathway) => pathway.steps)
  yield [[...COLUMNS, ...steps.map(({ name }) => name)]]
  for (let after = ''; ; ) {
    const members = await membersAfter(db, space, after, CHUNK)
    if (members.length === 0) return
    const made = await stepsOf(
      db,
      members.map(({ id }) => id),
    )
    const here = made.filter((step) => step.space === space)
    const byMember = Map.groupBy(here, ({ member }) => member)
    yield members.map((one): ExportLine => {
      const own = byMember.get(one.id) ?? []
      return [
        one.name ?? '',
        one.user,
        one.track ? trackName(content, one.track) : '',
        one.region ?? '',
        day(one.started_at),
        day(one.moved_at),
        day(one.finished_at),
        own.filter(({ done_at }) => done_at).length,
        ...steps.map(({ id }) => {
          const step = own.find((record) => record.step === id)
          return step ? day(step.done_at) || 'under way' : ''
        }),
      ]
    })
    after = members.at(-1)!.user
  }
}

const COLUMNS = [
  'Name',
  'Id on the platform',
  'Track',
  'Region',
  'Began',
  'Last did something',
  'Nothing left since',
  'Steps done',
]
