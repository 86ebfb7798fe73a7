import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { explain, JURISDICTIONS, type Knowledge, lookup, plain, type Term, termCard } from '@cme-commons/core'
import { type Command, Option } from 'commander'
import { readConfig } from '../config.ts'
import { loadContent } from '../house.ts'
import { Refusal } from './refusal.ts'

type Options = { region?: string; json?: boolean }

const region = () => new Option('--region <region>', 'whose meaning comes first').choices(Object.keys(JURISDICTIONS))
const content = (): Knowledge => loadContent(readConfig(), new Date().toISOString().slice(0, 10)).knowledge

/** `what`: needs no database. */
export const whatCommand = (program: Command): Command =>
  program
    .command('what')
    .description('What letters or a term of the field mean')
    .argument('<term...>')
    .addOption(region())
    .option('--json', 'one JSON object a line')
    .action((said: string[], { region, json }: Options) => {
      const { glossary } = content()
      const asked = said.join(' ')
      const { found, near } = lookup(glossary, asked, region)
      if (found.length === 0)
        throw new Refusal(
          `"${asked}" is not in the glossary${near.length > 0 ? `: did you mean ${near.map(({ letters }) => letters).join(' or ')}?` : ' of these contents; packages/content/data/onboarding/glossary.yaml takes more.'}`,
        )
      for (const term of found)
        console.log(json ? JSON.stringify(term) : `${plain({ ...termCard([term], glossary), buttons: [] })}\n`)
    })

/** `explain`: needs no database. */
export const explainCommand = (program: Command): Command =>
  program
    .command('explain')
    .description('Explain the letters in a text, from a file or from standard input')
    .argument('[file]')
    .addOption(region())
    .option('--json', 'one JSON object a line')
    .action(async (file: string | undefined, { region, json }: Options) => {
      const { glossary } = content()
      const given = file === undefined ? await text(process.stdin) : contentsOf(file)
      const found = explain(glossary, given, region)
      for (const one of found) console.log(json ? JSON.stringify(one) : `${one.terms.map(line).join('\n')}\n`)
      if (found.length === 0 && !json)
        console.log('Nothing to explain here. Letters count as they are written, with their capitals.')
    })

const line = ({ letters, name, jurisdiction, says }: Term): string =>
  `${letters}: ${name}${jurisdiction === 'intl' ? '' : ` (${JURISDICTIONS[jurisdiction]})`}\n  ${says}`

function contentsOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Refusal(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}): give a text file.`)
  }
}
