import { describe, expect, test } from 'vitest'
import { type IncomingDate, proposeImport, type TakenDate } from './calendar-import.ts'

const now = '2026-11-23T08:00:00.000Z'
const day = (day: string) => ({ kind: 'day', day, zone: 'UTC' }) as const
const incoming = (uid: string, rest: Partial<IncomingDate> = {}): IncomingDate => ({
  uid,
  sequence: 0,
  kind: 'abstracts',
  title: 'Abstracts due',
  when: day('2027-01-15'),
  status: 'confirmed',
  line: 3,
  ...rest,
})
const taken = (uid: string, rest: Partial<IncomingDate> = {}): TakenDate => {
  const { line: _, ...told } = incoming(uid, rest)
  return { date: `cd-${uid}`, taken: told }
}
const propose = (before: TakenDate[], after: IncomingDate[], whole = true) =>
  proposeImport(before, after, { whole, now })

describe('what taking a calendar would do', () => {
  test('what is new is added; what was never taken and is cancelled is left alone', () => {
    const { add, change, remove } = propose([], [incoming('a'), incoming('b', { status: 'cancelled' })])
    expect([add.map(({ uid }) => uid), change, remove]).toEqual([['a'], [], []])
  })

  test('what moved is told with old and new, and with everything else that is different', () => {
    const to = incoming('a', { when: day('2027-01-29'), place: 'Online', sequence: 1 })
    expect(propose([taken('a')], [to])).toMatchObject({
      change: [{ date: 'cd-a', from: { when: day('2027-01-15') }, to, what: ['when', 'place'] }],
      same: 0,
    })
  })

  test('the same day written another way is no change, and neither is a higher sequence alone', () => {
    const at = { kind: 'at', at: '2027-01-15T22:00:00.000Z', zone: 'America/New_York' } as const
    const before = taken('a', { when: at })
    expect(propose([before], [incoming('a', { when: { ...at, zone: 'UTC' }, sequence: 7 })])).toMatchObject({
      change: [],
      same: 1,
    })
  })

  test('what is behind the sequence that was taken is left alone', () => {
    const late = incoming('a', { when: day('2027-01-01'), sequence: 1 })
    expect(propose([taken('a', { sequence: 2 })], [late])).toMatchObject({ change: [], older: [late] })
  })

  test('what a calendar does not tell any more is taken out, but not what is over, and not because of a file', () => {
    const before = [taken('a'), taken('past', { when: day('2026-11-01') }), taken('off', { status: 'cancelled' })]
    expect(propose(before, []).remove.map(({ date }) => date)).toEqual(['cd-a'])
    expect(propose(before, [], false).remove).toEqual([])
  })
})
