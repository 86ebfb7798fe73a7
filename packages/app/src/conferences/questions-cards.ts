import { type Effect, questionNote, releasedCard, type Work } from '@cme-commons/core'
import { deliveryOf, findEdition, lastRef, questionById, type Tx } from '@cme-commons/db'
import { meetingQuestionOf, questionKeys } from './questions-asked.ts'
import { editionOf } from './rows.ts'

/** What is sent about a question as it goes out: the note to moderators, the question in its channel, or that message anew with its votes. */
export async function questionMade(
  tx: Tx,
  { kind, question: id }: Extract<Effect, { question: string }>,
): Promise<Work | { skip: string }> {
  const row = await questionById(tx, id)
  const edition = row && (await findEdition(tx, row.edition))
  if (!edition) return { skip: 'The question is not there any more.' }
  const question = meetingQuestionOf(row)
  const of = editionOf(edition)
  if (kind === 'question-note')
    return row.state === 'open' ? { card: questionNote(of, question) } : { skip: 'It was decided meanwhile.' }
  if (row.state !== 'released' && row.state !== 'answered') return { skip: 'The question was taken back.' }
  const card = releasedCard(of, question)
  if (kind === 'question') return { card }
  const edit = await lastRef(tx, questionKeys(id))
  if (edit) return { card, edit }
  const posted = await deliveryOf(tx, `${questionKeys(id)}post`)
  return { skip: posted?.state === 'waiting' ? 'It is not in the channel yet.' : 'Its message is not known.' }
}
