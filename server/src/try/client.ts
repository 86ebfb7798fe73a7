import type { Hono } from 'hono'
import { files } from '../html/assets.ts'

const scripts = ['main', 'api', 'card', 'chat', 'clock', 'composer', 'dom', 'door', 'form', 'path', 'time'] as const
const styles = ['frame', 'talk', 'path', 'composer', 'panel', 'dialog'] as const

/** The page's script, module by module as the browser asks for it, and its stylesheet. */
export const clientRoutes = (): Hono =>
  files({
    ...Object.fromEntries(
      scripts.map((name) => [`/try/client/${name}.js`, [new URL(`client/${name}.js`, import.meta.url)]]),
    ),
    '/try/try.css': styles.map((name) => new URL(`style/${name}.css`, import.meta.url)),
  })
