import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'

const DATA = fileURLToPath(new URL('../data', import.meta.url))

/** A copy of the content in which `from` (which must stand in the file of the onboarding folder) is `to`. */
export function broken(...slips: [file: string, from: string, to: string][]): string {
  const folder = mkdtempSync(join(tmpdir(), 'onboarding-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(DATA, folder, { recursive: true })
  for (const [file, from, to] of slips) {
    const path = join(folder, 'onboarding', file)
    const text = readFileSync(path, 'utf8')
    expect(text).toContain(from)
    writeFileSync(path, text.replace(from, to))
  }
  return folder
}
/** The line of a file of the onboarding folder on which the words first stand. */
export const lineOf = (folder: string, file: string, words: string) =>
  readFileSync(join(folder, 'onboarding', file), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(words)) + 1
