import { readFileSync } from 'node:fs'
import { blocking, type Finding, fieldName, needsFrom, type ReviewRule, review } from '@cme-commons/core'
import type { Command } from 'commander'
import { loadAll, YAMLException } from 'js-yaml'
import { readConfig } from '../config.ts'
import { loadContent } from '../house.ts'
import { Refusal } from './refusal.ts'

/** `assess`: needs no database. Exit code 1 while something that blocks stands against the needs assessment. */
export const assessCommand = (program: Command): Command =>
  program
    .command('assess')
    .description('Review a needs assessment in a YAML file: what is missing, why it matters, how to mend it')
    .argument('<file>', 'a YAML file with fields such as `gap` and `baseline`')
    .option('--json', 'one JSON object')
    .action((file: string, { json }: { json?: boolean }) => {
      const today = new Date().toISOString().slice(0, 10)
      const { rules } = loadContent(readConfig(), today).knowledge.onboarding
      const { doc, fields } = needsFrom(yamlOf(file))
      const found = review(doc, today)
      const errors = Object.entries(fields).map(([field, say]) => ({ field, say }))
      const ready = errors.length === 0 && blocking(found, rules).length === 0
      const findings = found.map((finding) => worded(finding, rules))
      if (json) console.log(JSON.stringify({ ready, errors, findings }, null, 2))
      else console.log(told(ready, errors, findings))
      if (!ready) process.exitCode = 1
    })

function yamlOf(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Refusal(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}): give a YAML file.`)
  }
  try {
    return loadAll(text, { maxAliases: 20 })[0]
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const line = (error.mark?.line ?? 0) + 1
    if (/alias/i.test(error.reason)) throw new Refusal(`${file} refers to itself too often: write its texts out.`)
    throw new Refusal(`${file}:${line} is no YAML: ${error.reason}`)
  }
}

type Worded = Finding & { blocks: boolean; wrong?: string; why?: string; mend?: string; source?: string }

function worded(finding: Finding, rules: readonly ReviewRule[]): Worded {
  const rule = rules.find(({ id }) => id === finding.rule)
  const blocks = blocking([finding], rules).length > 0
  if (!rule) return { ...finding, blocks }
  const { wrong, why, mend, source } = rule
  return { ...finding, blocks, wrong, why, mend, source }
}

function told(ready: boolean, errors: readonly { field: string; say: string }[], findings: readonly Worded[]): string {
  const name = (field: string) => fieldName(field) || field
  return [
    ...errors.map(({ field, say }) => `${field ? `${field}: ` : ''}${say}`),
    ...findings.map(({ field, rule, blocks, quote, wrong, why, mend, source }) =>
      [
        `${name(field)}: ${wrong ?? rule}${blocks ? '' : ' (nothing waits for it)'}`,
        ...(quote ? [`  You wrote: “${quote}”`] : []),
        ...(why ? [`  Why: ${why}`, `  Mend it: ${mend}`, `  Source: ${source} [${rule}]`] : []),
      ].join('\n'),
    ),
    ready
      ? 'Ready: a mock activity may be drafted on it. This informs; your accreditor has the last word.'
      : 'Not ready yet: mend what stands above.',
  ].join('\n\n')
}
