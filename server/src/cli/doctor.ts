import type { Command } from 'commander'
import { examine } from '../doctor.ts'

const MARKS = { ok: 'ok  ', hint: 'hint', bad: 'BAD ' }

export const doctorCommand = (program: Command): Command =>
  program
    .command('doctor')
    .description('Check this installation and say what to do about each finding')
    .option('--json', 'one JSON object')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine()
      const bad = findings.filter((finding) => finding.state === 'bad').length
      if (json) console.log(JSON.stringify({ ok: bad === 0, findings }))
      else for (const { state, name, say } of findings) console.log(`${MARKS[state]}  ${name.padEnd(12)} ${say}`)
      if (bad > 0) process.exitCode = 1
    })
