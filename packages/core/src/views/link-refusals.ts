import type { Button, Card } from '../card.ts'
import { code, type Text, t } from '../text.ts'

const home: Button = { label: 'What can I do next?', act: { do: 'home' } }
const makeCode: Button = { label: 'Show a code', act: { do: 'link.code' } }

const sentence = (title: string, text: Text, buttons: readonly Button[]): Card => ({
  title,
  blocks: [{ kind: 'text', text }],
  buttons,
})

export const notLinkedCard = (): Card =>
  sentence(
    'You are not linked',
    t`Show a code here and type it in the other community, or type ${code('/cme link')} with the code that it shows.`,
    [{ ...makeCode, style: 'primary' }, home],
  )

/** A code that opens nothing, for whatever reason: which one, is nobody's to find out. */
export const noSuchCodeCard = (left: number): Card =>
  sentence(
    'This code opens nothing',
    t`It was mistyped, used already, or is older than ten minutes. Say ${code('/cme link')} on the other side for a new one. ${left === 0 ? 'That was the last try for a day.' : `You have ${left === 1 ? 'one more try' : `${left} more tries`} today.`}`,
    [{ ...makeCode, label: 'Show a code here instead' }, home],
  )

export const tooManyTriesCard = (): Card =>
  sentence(
    'Too many codes that open nothing',
    t`Try again tomorrow. Or show a code here and type it on the other side.`,
    [{ ...makeCode, style: 'primary' }, home],
  )

export const sameSideCard = (): Card =>
  sentence('Type it on the other side', t`This code was made here. Type it in the other community; it still works.`, [
    home,
  ])

export const linkGoneCard = (): Card =>
  sentence('Nothing was linked', t`This code is over, or was given up. Say ${code('/cme link')} for a new one.`, [
    { ...makeCode, style: 'primary' },
    home,
  ])
