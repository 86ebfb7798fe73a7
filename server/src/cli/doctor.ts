import type { Command } from 'commander'
import { examine } from '../doctor.ts'
import { printFindings } from './findings.ts'

export const doctorCommand = (program: Command): Command =>
  program
    .command('doctor')
    .description('Check this installation and say what to do about each finding')
    .option('--json', 'one JSON object')
    .action(async ({ json }: { json?: boolean }) => printFindings(await examine(), json))
