import { sql } from 'kysely'
import { indexItems, type Searched } from '../item-words.ts'
import { isPostgres } from '../statement.ts'
import type { Tx } from '../tx.ts'

const AT_ONCE = 500

const onSqlite = [
  // The words come folded; only labels hold the further characters. Texts stay in `items` alone.
  `create virtual table item_words using fts5(title, text, labels, content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 tokenchars '/-_.:'", prefix = '2 3')`,
  `create trigger item_words_gone after delete on items begin
    delete from item_words where rowid = old.seq;
  end`,
]
const onPostgres = [
  'create table item_words (seq integer not null primary key references items (seq) on delete cascade on update cascade, words tsvector not null)',
  'create index item_words_words on item_words using gin (words) with (fastupdate = off)',
]
const onBoth = [
  'create index items_seen on items (seen, seq)',
  // Which source's words an item has, by their hash: only that one's changes are revisions.
  'create table item_origins (item text not null primary key references items (id), source text not null, hash text not null)',
  `create table item_revisions (
    item text not null references items (id),
    at text not null,
    title text not null,
    text text not null,
    told integer not null,
    primary key (item, at)
  )`,
]

/** The words and labels of items for searching, made for all that there are; and what items said before they were changed. */
export async function search(tx: Tx) {
  const statements = [...(isPostgres(tx) ? onPostgres : onSqlite), ...onBoth]
  for (const statement of statements) await sql.raw(statement).execute(tx)
  for (let after = 0; ; ) {
    const { rows } = await sql<Searched>`select seq, title, text, topic, body, region, tracks, published from items
      where seq > ${after} order by seq limit ${AT_ONCE}`.execute(tx)
    await indexItems(tx, rows)
    if (rows.length < AT_ONCE) return
    after = rows.at(-1)!.seq
  }
}
