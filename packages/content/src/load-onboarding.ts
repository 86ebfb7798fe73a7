import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Day, Onboarding } from '@cme-commons/core'
import type { z } from 'zod'
import type { Blame } from './checks.ts'
import { checkGlossary } from './glossary-checks.ts'
import { glossary as terms } from './glossary-schema.ts'
import { checkOnboarding } from './onboarding-checks.ts'
import { shapes } from './onboarding-schema.ts'
import type { Found } from './pathway-checks.ts'
import { type Problem, type Read, type Reader, readerOf } from './read.ts'
import { files } from './schema.ts'

const DATA = fileURLToPath(new URL('../data', import.meta.url))
const FOLDER = 'onboarding'

/**
 * The knowledge of onboarding in a content folder (the product's own when none is given), or every problem in it, with file and
 * line. With `today`, a `checked` day in the future is a problem too.
 */
export function loadOnboarding(
  dir: string = DATA,
  today?: Day,
  read: Reader = readerOf(dir),
): { onboarding: Onboarding } | { problems: Problem[] } {
  const seen = new Map<string, Read<unknown>>()
  const one = <T>(name: string, schema: z.ZodType<T>): { file: string; value?: T } => {
    const file = name === 'tracks.yaml' ? name : `${FOLDER}/${name}`
    const found = read(file, schema)
    seen.set(file, found)
    return { file, ...(found.value === undefined ? {} : { value: found.value }) }
  }
  const list = <T>(name: string, schema: z.ZodType<T[]>): Found<T>[] => {
    const { file, value } = one(name, schema)
    return (value ?? []).map((value, i) => ({ file, path: [i], value }))
  }
  const tracks = one('tracks.yaml', files['tracks.yaml'])
  const named = names(dir)
  const parts = {
    tracks: (tracks.value ?? []).map(({ id }) => id),
    pathways: named('pathway-').flatMap((name): Found<z.infer<typeof shapes.pathway>>[] => {
      const { file, value } = one(name, shapes.pathway)
      return value ? [{ file, path: [], value }] : []
    }),
    milestones: list('milestones.yaml', shapes.milestone),
    resources: list('resources.yaml', shapes.resource),
    questions: named('questions-').flatMap((name) => list(name, shapes.question)),
    finder: list('finder.yaml', shapes.finder),
    samples: list('samples.yaml', shapes.sample),
    rules: list('rules.yaml', shapes.rule),
    activityRules: list('activity-rules.yaml', shapes.rule),
    statements: list('statements.yaml', shapes.statement),
    rubric: list('rubric.yaml', shapes.criterion),
    sayings: list('sayings.yaml', shapes.saying),
  }
  const glossary = named('glossary.').flatMap((name) => list(name, terms))
  const problems = [...seen.values()].flatMap((file) => file.problems)
  if (problems.length > 0) return { problems }
  const blame: Blame = (file, path, say) => problems.push({ file, line: seen.get(file)?.lineOf(path) ?? 1, say })
  checkOnboarding(parts, today, blame)
  checkGlossary(values(glossary), today, blame)
  if (problems.length > 0) return { problems }
  const hash = createHash('sha256')
  for (const [name, { text }] of seen) hash.update(`${name}\n${text}\n`)
  return {
    onboarding: {
      version: hash.digest('hex').slice(0, 12),
      pathways: values(parts.pathways),
      milestones: values(parts.milestones),
      resources: values(parts.resources),
      questions: values(parts.questions),
      finder: values(parts.finder),
      samples: values(parts.samples),
      glossary: values(glossary),
      rules: values(parts.rules),
      activityRules: values(parts.activityRules),
      statements: values(parts.statements),
      rubric: values(parts.rubric),
      sayings: values(parts.sayings),
    },
  }
}

const values = <T>(found: readonly Found<T>[]) => found.map(({ value }) => value)

/** The names of the folder's YAML files that begin with a word, in the order of the alphabet; none when there is no folder. */
function names(dir: string): (start: string) => string[] {
  let all: string[] = []
  try {
    all = readdirSync(join(dir, FOLDER)).sort()
  } catch {}
  return (start) => all.filter((name) => name.startsWith(start) && name.endsWith('.yaml'))
}
