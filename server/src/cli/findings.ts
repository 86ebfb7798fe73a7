import type { Checked } from '@cme-commons/core'

const MARKS = { ok: 'ok  ', hint: 'hint', bad: 'BAD ' }

/** Prints what was found, a line each or as one JSON object; exit code 1 when something has to be mended. */
export function printFindings(findings: readonly Checked[], json = false): void {
  const bad = findings.filter(({ state }) => state === 'bad').length
  const wide = Math.max(12, ...findings.map(({ name }) => name.length))
  if (json) console.log(JSON.stringify({ ok: bad === 0, findings }))
  else for (const { state, name, say } of findings) console.log(`${MARKS[state]}  ${name.padEnd(wide)} ${say}`)
  if (bad > 0) process.exitCode = 1
}
