import { nextValues } from './counters.ts'
import type { AuditTable } from './tables/access.ts'
import type { Read, Tx } from './tx.ts'

/** One line of the audit; its place follows from the order of commits. */
export type AuditLine = Omit<AuditTable, 'seq'>

/** Writes a line, in the transaction of the change it tells of. */
export async function audit(tx: Tx, line: AuditLine): Promise<void> {
  const seq = await nextValues(tx, 'audit')
  await tx
    .insertInto('audit')
    .values({ seq, ...line })
    .execute()
}

/** What was changed in a space (or, without one, everywhere), the latest first; `before` is the `seq` of the last one seen. */
export function auditLines(
  read: Read,
  { space, before, limit = 50 }: { space?: string; before?: number; limit?: number },
): Promise<AuditTable[]> {
  let query = read.selectFrom('audit').selectAll()
  if (space !== undefined) query = query.where('space', '=', space)
  if (before !== undefined) query = query.where('seq', '<', before)
  return query.orderBy('seq', 'desc').limit(limit).execute()
}
