import { load } from '@cme-commons/content'
import type { Knowledge } from '@cme-commons/core'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'

/** `content check`: needs no database. Exit code 1 and a line a problem when the content cannot be used. */
export function contentCommand(program: Command): Command {
  const content = program
    .command('content')
    .description('Check the files that people edit: tracks, pathways, glossary and the others')
  content
    .command('check')
    .description('Load the content as the server would, and tell every problem with file and line')
    .argument('[folder]', 'a content folder (CONTENT_DIR, or the one that ships, when none is given)')
    .option('--json', 'one JSON object')
    .action((folder: string | undefined, { json }: { json?: boolean }) => {
      const loaded = load(folder ?? (readConfig().content || undefined), new Date().toISOString().slice(0, 10))
      const problems = 'problems' in loaded ? loaded.problems : []
      const counts = 'problems' in loaded ? undefined : countsOf(loaded.knowledge)
      if (json) console.log(JSON.stringify({ ok: problems.length === 0, problems, counts: counts ?? null }, null, 2))
      else if (counts) for (const [name, count] of Object.entries(counts)) console.log(`${name}: ${count}`)
      else for (const { file, line, say } of problems) console.error(`${file}:${line} ${say}`)
      if (problems.length > 0) process.exitCode = 1
    })
  return content
}

/** How much there is of what, in words. */
export const countsOf = ({ tracks, topics, bodies, sources, glossary, onboarding, conferences }: Knowledge) => ({
  tracks: tracks.length,
  topics: topics.length,
  bodies: bodies.length,
  sources: sources.length,
  terms: glossary.length,
  conferences: conferences.catalog.length,
  deadlines: conferences.deadlines.length + conferences.chain.length,
  pathways: onboarding.pathways.length,
  steps: onboarding.pathways.reduce((sum, { steps }) => sum + steps.length, 0),
  questions: onboarding.questions.length,
  samples: onboarding.samples.length,
  rules: onboarding.rules.length + onboarding.activityRules.length,
  statements: onboarding.statements.length,
})
