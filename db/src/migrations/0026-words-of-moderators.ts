import { sql } from 'kysely'
import { indexEdited } from '../item-words.ts'
import { isPostgres } from '../statement.ts'
import type { ItemTable } from '../tables/news.ts'
import type { Tx } from '../tx.ts'

const AT_ONCE = 500

/** Labels that PostgreSQL kept among the words as if they were some: whoever looked for `topi*` found everything. The index is made anew at once. */
const labelsApart = [
  sql`drop index item_words_words`,
  sql`update item_words set words =
  ts_delete(words, array(${labels('')})) || array_to_tsvector(array(${labels("'/' || ")}))`,
  sql`create index item_words_words on item_words using gin (words) with (fastupdate = off)`,
]

function labels(before: string) {
  return sql.raw(
    `select ${before}word from unnest(tsvector_to_array(words)) word where word like '_%/%' and word not like '/%'`,
  )
}

/** Titles and summaries by moderators become words that their space finds the item by; labels are told from words. */
export async function wordsOfModerators(tx: Tx) {
  if (isPostgres(tx)) for (const statement of labelsApart) await statement.execute(tx)
  for (let after = 0; ; ) {
    const { rows } = await sql<ItemTable>`select * from items where seq > ${after} and id in
      (select item from item_edits where title is not null or summary is not null) order by seq limit ${AT_ONCE}`.execute(
      tx,
    )
    for (const row of rows) await indexEdited(tx, row)
    if (rows.length < AT_ONCE) return
    after = rows.at(-1)!.seq
  }
}
