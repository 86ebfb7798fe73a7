import { countedSteps, duration, type Pathway, plain, type Step, stepCard } from '@cme-commons/core'
import type { Command } from 'commander'
import { pathwayJson } from '../api/pathways.ts'
import { readConfig } from '../config.ts'
import { loadContent } from '../house.ts'
import { Refusal } from './refusal.ts'

/** `pathway show`: needs no database. */
export function pathwayCommand(program: Command): Command {
  const pathway = program.command('pathway').description('Show the onboarding pathways, or one step')
  pathway
    .command('show')
    .description('The pathways, or one with all its steps as members see them')
    .argument('[id]')
    .option('--json', 'JSON, as the API tells it')
    .action((id: string | undefined, { json }: { json?: boolean }) => {
      const content = loadContent(readConfig(), new Date().toISOString().slice(0, 10)).knowledge
      const { pathways } = content.onboarding
      const found = id === undefined ? pathways : pathways.filter((one) => one.id === id)
      if (found.length === 0)
        throw new Refusal(`There is no pathway "${id}": choose one of ${pathways.map((one) => one.id).join(', ')}.`)
      for (const one of found) {
        if (json) console.log(JSON.stringify(pathwayJson(one, content)))
        else if (id === undefined) console.log(lineOf(one))
        else console.log([lineOf(one), ...one.steps.map(told)].join('\n\n---\n\n'))
      }
      function told(step: Step) {
        const card = stepCard({ step, state: 'open', waitsFor: [] }, content.onboarding)
        const after = step.after.length > 0 ? `\n\nAfter: ${step.after.join(', ')}` : ''
        return `${step.id}\n${plain({ ...card, buttons: [] })}${after}`
      }
    })
  return pathway
}

const lineOf = (one: Pathway): string => {
  const minutes = one.steps.reduce((sum, step) => sum + step.minutes, 0)
  return `${one.id}: ${one.name} (${countedSteps(one).length} steps, ${duration(minutes)})`
}
