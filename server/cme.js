#!/usr/bin/env node
// Plain JavaScript, so that any Node can tell its owner what is missing: an older one reads no TypeScript, and better-sqlite3 would crash it.
const major = Number(process.versions.node.split('.')[0])
if (major < 22) {
  console.error(
    `CME Commons needs Node 22 or newer, and brings Node 24 itself: run it as "npm start" or "pnpm cme …" (this is Node ${process.versions.node}).`,
  )
  process.exit(1)
}
// What was compiled once is kept: starting takes less time, and the compiler for TypeScript is not even loaded (a third of the memory).
const { enableCompileCache } = await import('node:module')
const { fileURLToPath } = await import('node:url')
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)))
const { main } = await import('./src/cli/main.ts')
await main(process.argv.slice(2))
