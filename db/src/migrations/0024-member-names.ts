import { sql } from 'kysely'
import { nameMembers } from '../member-names.ts'
import type { Tx } from '../tx.ts'

const AT_ONCE = 500

const statements = [
  `create table member_names (
    space text not null,
    word text not null,
    member text not null references members (id),
    primary key (space, word, member)
  )`,
  'create index member_names_member on member_names (member)',
]

/** By which members of a space are found: their names from each word on, made for all that there are. */
export async function memberNames(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
  for (let after = ''; ; ) {
    const { rows } = await sql<{ id: string }>`select id from members
      where id > ${after} order by id limit ${AT_ONCE}`.execute(tx)
    await nameMembers(
      tx,
      rows.map(({ id }) => id),
    )
    if (rows.length < AT_ONCE) return
    after = rows.at(-1)!.id
  }
}
