import {
  FORMATS,
  namesIn,
  STATEMENT_IDS,
  STATEMENT_NAMES,
  type StatementId,
  type StatementTemplate,
} from '@cme-commons/core'
import type { Blame } from './checks.ts'
import type { Found } from './pathway-checks.ts'

const FILE = 'onboarding/statements.yaml'
const AMA = FORMATS.filter(({ system }) => system === 'ama').map(({ id }) => id as string)

/** Every statement that the code composes has its wording, each wording all its names and no others, and each AMA format one. */
export function checkStatements(statements: readonly Found<StatementTemplate>[], blame: Blame): void {
  for (const id of STATEMENT_IDS)
    if (!statements.some(({ value }) => value.id === id))
      blame(FILE, [], `the statement \`${id}\` has no wording; write it.`)
  for (const { file, path, value } of statements) {
    const names: readonly string[] | undefined = STATEMENT_NAMES[value.id as StatementId]
    if (!names) {
      blame(
        file,
        [...path, 'id'],
        `the code composes no statement with the id \`${value.id}\`; correct it or remove it.`,
      )
      continue
    }
    const at = [...path, 'wording']
    const used = namesIn(value.wording)
    for (const name of used)
      if (!names.includes(name))
        blame(file, at, `{${name}} is not filled in here; ${names.length > 0 ? `use ${braced(names)}` : 'remove it'}.`)
    for (const name of names)
      if (!used.includes(name))
        blame(file, at, `{${name}} is missing; set it in where the owner of the wording has it.`)
    if (/[{}]/.test(value.wording.replace(/\{[^{}]*\}/g, '')))
      blame(file, at, 'a brace stands alone; a name is written {provider}.')
    if (value.wording.split('*').length % 2 === 0)
      blame(file, at, 'an asterisk stands alone; words in italics stand between two.')
    formats(value, file, path, names.includes('format'), blame)
  }
}

const braced = (names: readonly string[]) => names.map((name) => `{${name}}`).join(', ')

function formats(
  { formats = {} }: StatementTemplate,
  file: string,
  path: readonly PropertyKey[],
  wanted: boolean,
  blame: Blame,
): void {
  const at = [...path, 'formats']
  for (const id of Object.keys(formats))
    if (!wanted || !AMA.includes(id))
      blame(file, [...at, id], `\`${id}\` is not a format of this statement; remove it.`)
  if (wanted)
    for (const id of AMA)
      if (!(id in formats)) blame(file, at, `the format \`${id}\` has no wording; add how the statement names it.`)
}
