import { type Db, inTx, putNote } from '@cme-commons/db'
import { makeSeal } from '../../server/src/bots/seal.ts'

export const SECRET_KEY = 'a key for tests that is long enough to be one'

/** One promise: a small card to an address, on a lane. */
export type Promised = { key: string; lane: string; space: string; address: string }

/** Puts these promises into the ledger, due now, and makes their spaces. */
export async function promise(
  db: Db,
  platform: 'slack' | 'discord',
  rows: readonly Promised[],
  now: string,
): Promise<void> {
  const spaces = [...new Set(rows.map(({ space }) => space))]
  await inTx(db, async (tx) => {
    for (const id of spaces)
      await tx
        .insertInto('spaces')
        .values({
          id,
          platform,
          name: `Space ${id}`,
          zone: 'UTC',
          moderators: null,
          made_at: now,
          left_at: null,
        } as never)
        .onConflict((c) => c.doNothing())
        .execute()
  })
  for (let i = 0; i < rows.length; i += 200) {
    const values = rows.slice(i, i + 200).map(({ key, lane, space, address }) => ({
      key,
      lane,
      space,
      address,
      effect: JSON.stringify({
        kind: 'message',
        card: { title: key, blocks: [{ kind: 'text', text: ['News of today.'] }] },
      }),
      state: 'waiting' as const,
      attempts: 0,
      due_at: now,
      expires_at: null,
      doubt: 0,
      quiet: null,
      made_at: now,
    }))
    await inTx(db, (tx) =>
      tx
        .insertInto('deliveries')
        .values(values as never)
        .execute(),
    )
  }
}

/** Installs the Slack app in these workspaces, as its installation would: tokens sealed with `SECRET_KEY`. */
export async function installed(db: Db, teams: readonly { id: string; token: string }[], now: string): Promise<void> {
  const seal = makeSeal(SECRET_KEY)
  await inTx(db, async (tx) => {
    for (const { id, token } of teams) {
      const name = `install/${id}`
      const install = { team: id, name: id, token, botUser: 'UBOT', scopes: ['chat:write'] }
      const value = seal.close(`slack/${name}`, JSON.stringify(install))
      await putNote(tx, { platform: 'slack', name: `sealed/${name}`, value, space: id, member_user: null, at: now })
    }
  })
}
