import {
  cut,
  type FormReply,
  goneCard,
  type SourceCareAction,
  type SourceDesk,
  sourceDeskCard,
} from '@cme-commons/core'
import {
  allSources,
  allSpaces,
  audit,
  changeSource,
  findSource,
  putSource,
  type Read,
  type SourceTable,
} from '@cme-commons/db'
import { addedSource, freeId, sameSource } from './add-source.ts'
import type { Ctx } from './ctx.ts'
import { memberOf } from './people.ts'

const moderatorsOnly: FormReply = {
  refuse: 'moderators-only',
  say: {
    title: 'Moderators look after the sources',
    blocks: [
      { kind: 'text', text: ['How each is doing everybody may see. You can suggest a single page for the digest.'] },
    ],
    buttons: [{ label: 'How the sources are doing', style: 'primary', act: { do: 'sources' } }],
  },
}
const gone: FormReply = { refuse: 'gone', say: goneCard('There is no such source.') }

/** Sources are everybody's: moderators change them where no other community shares them; that of the try-out is none. */
export const ownsSources = async (db: Read, space: string): Promise<boolean> =>
  (await allSpaces(db)).every(({ id, platform }) => id === space || platform === 'try')

/** Answers moderators about one source, or adds one. */
export async function sourceCareReply(ctx: Ctx, action: SourceCareAction): Promise<FormReply> {
  if (!ctx.actor.moderator) return moderatorsOnly
  const theirs = await ownsSources(ctx.tx, ctx.actor.space)
  if (action.do === 'source.add') return theirs ? add(ctx, action.url, action.name) : operatorsOnly
  const row = await findSource(ctx.tx, action.source)
  if (!row) return gone
  if (action.do === 'source') return shown(ctx, row.id)
  if (!theirs || row.sample === 1) return operatorsOnly
  return change(ctx, row, action)
}

/** Told to the moderators of one community among several. */
export const operatorsOnly: FormReply = {
  refuse: 'moderators-only',
  say: {
    title: 'Your operator looks after the sources',
    blocks: [
      {
        kind: 'text',
        text: [
          'Several communities here share the sources: what one adds or switches off, all of them have or miss. Tell your operator what you need.',
        ],
      },
    ],
    buttons: [{ label: 'How the sources are doing', style: 'primary', act: { do: 'sources' } }],
  },
}

type Change = Extract<SourceCareAction, { do: 'source.pause' | 'source.resume' | 'source.move' }>

/** What was learned of an address is forgotten when it is tried anew. */
const fresh = {
  etag: null,
  last_modified: null,
  body_hash: null,
  failures: 0,
  failing_since: null,
  trouble: null,
  muted_at: null,
  moved_to: null,
  moved_times: 0,
}

async function change(ctx: Ctx, row: SourceTable, action: Change): Promise<FormReply> {
  const { tx, now } = ctx
  if (action.do === 'source.pause') {
    await changeSource(tx, row.id, { enabled: 0, switched: 0 })
    await note(ctx, 'source.paused', row.id)
    return shown(ctx, row.id, 'It is paused: nothing is read from it until you say so.')
  }
  if (!(action.do === 'source.move' ? action.url : row.url))
    return shown(ctx, row.id, 'It has no address to read. Give it one first.')
  const url = action.do === 'source.move' ? { url: action.url } : {}
  const same = url.url ? sameSource(await allSources(tx), '', url.url) : undefined
  if (same && same.id !== row.id) return already
  await changeSource(tx, row.id, { ...fresh, ...url, enabled: 1, switched: 1, next_at: now })
  await note(ctx, action.do === 'source.move' ? 'source.moved' : 'source.resumed', row.id)
  return shown(ctx, row.id, 'It is read again within the next minutes.')
}

const already: FormReply = {
  refuse: 'already-there',
  say: {
    title: 'Another source has this address',
    blocks: [{ kind: 'text', text: ['Each address is read once: look it up in the list of sources.'] }],
    buttons: [{ label: 'How the sources are doing', act: { do: 'sources' } }],
  },
}

/** A source that moderators brought: its first items are old news. */
async function add(ctx: Ctx, url: string, said?: string): Promise<FormReply> {
  const { tx, now } = ctx
  if (!/^https?:\/\//.test(url) || !URL.canParse(url) || url.length > 1000) return gone
  const all = await allSources(tx)
  if (sameSource(all, '', url)) return already
  const id = freeId(all, url)
  await putSource(tx, addedSource(id, cut((said ?? '').trim() || id, 150), url, now, 'a moderator'))
  await note(ctx, 'source.added', id)
  return shown(ctx, id, 'It was added.')
}

async function shown(ctx: Ctx, id: string, says?: string): Promise<FormReply> {
  const desk = deskOf((await findSource(ctx.tx, id))!, await ownsSources(ctx.tx, ctx.actor.space))
  return {
    say: sourceDeskCard({ ...desk, ...(says ? { says } : {}) }),
    private: true,
    ...(says ? { update: true } : {}),
  }
}

/** A source as its moderators see it. */
export const deskOf = (row: SourceTable, theirs: boolean): SourceDesk => ({
  ...{ id: row.id, name: row.name, enabled: row.enabled === 1, failures: row.failures, next: row.next_at, theirs },
  sample: row.sample === 1,
  ...(row.url ? { url: row.url } : {}),
  ...(row.reason ? { reason: row.reason } : {}),
  ...(row.read_at ? { lastRead: row.read_at } : {}),
  ...(row.last_item_at ? { lastItem: row.last_item_at } : {}),
  ...(row.failing_since ? { failingSince: row.failing_since } : {}),
  ...(row.trouble ? { trouble: row.trouble } : {}),
  ...(row.muted_at ? { goneSince: row.muted_at } : {}),
})

async function note(ctx: Ctx, what: string, detail: string): Promise<void> {
  const { tx, now, actor } = ctx
  await audit(tx, { at: now, space: actor.space, actor: (await memberOf(ctx)).id, what, detail })
}
