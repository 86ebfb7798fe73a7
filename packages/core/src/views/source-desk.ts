import type { Button, Card } from '../card.ts'
import { code, cut, em, link, strong, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'

/** A source as moderators look after it. `theirs`: whether they may change it here; else the operator does. */
export type SourceDesk = {
  id: string
  name: string
  url?: string
  enabled: boolean
  reason?: string
  lastRead?: Instant
  lastItem?: Instant
  next?: Instant
  failingSince?: Instant
  failures: number
  trouble?: string
  goneSince?: Instant
  sample: boolean
  theirs: boolean
  says?: string
}

/** How a source is doing, in a word or two. */
export function sourceState(source: Pick<SourceDesk, 'enabled' | 'goneSince' | 'failingSince' | 'lastRead'>): string {
  if (!source.enabled) return 'off'
  if (source.goneSince) return 'gone'
  if (source.failingSince) return 'failing'
  return source.lastRead ? 'well' : 'not read yet'
}

function explained({ enabled, reason, trouble, goneSince, failingSince, failures, lastRead, next }: SourceDesk): Text {
  if (!enabled) return t`It is not read. What it brought stays.${reason ? ` ${reason}` : ''}`
  if (goneSince)
    return t`Its server says since ${when(goneSince, 'day')} that it is gone for good, so it is not asked any more. Give it its new address, or pause it.`
  if (failingSince)
    return t`It has failed since ${when(failingSince)}, ${failures === 1 ? 'once' : `${failures} times in a row`}${next ? t`; it is tried again ${when(next)}` : ''}.${trouble ? ` ${trouble}` : ''}`
  return lastRead
    ? t`It is read as often as it is busy.`
    : t`It is read within the next minutes; what it has by then is old news and told to nobody.`
}

/** One source: how it is doing, why, and what can be done. */
export function sourceDeskCard(source: SourceDesk): Card {
  const { id, name, url, enabled, sample, theirs, says, lastRead, lastItem, next } = source
  const again = (label: string): Button => ({ label, style: 'primary', act: { do: 'source.resume', source: id } })
  const pause: Button = { label: 'Pause it', act: { do: 'source.pause', source: id } }
  const ill = source.goneSince !== undefined || source.failingSince !== undefined
  const buttons: Button[] =
    !theirs || sample
      ? []
      : !enabled
        ? url
          ? [again('Switch it on')]
          : []
        : ill
          ? [again('Try it now'), pause]
          : [pause]
  return {
    title: cut(name, 150),
    blocks: [
      ...(says ? [{ kind: 'text' as const, text: t`${strong(says)}` }] : []),
      { kind: 'text', text: explained(source) },
      {
        kind: 'facts',
        facts: [
          { name: 'State', value: t`${sourceState(source)}` },
          { name: 'Address', value: url ? t`${link(cut(url, 120), url)}` : t`none` },
          { name: 'Last read', value: lastRead ? t`${when(lastRead)}` : t`never` },
          { name: 'Last new item', value: lastItem ? t`${when(lastItem)}` : t`none yet` },
          ...(enabled && next ? [{ name: 'Next', value: t`${when(next)}` }] : []),
          { name: 'Id', value: t`${code(id)}` },
        ],
      },
    ],
    ...(buttons.length > 0 ? { buttons } : {}),
    footer: theirs
      ? t`${em('Whoever has a digest gets the news of all sources that are on.')}`
      : t`${em('Several communities share these sources, so your operator changes them.')}`,
  }
}
