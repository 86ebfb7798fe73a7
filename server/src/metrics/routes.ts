import { timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { problem } from '../problem.ts'
import { hashOfSecret } from '../secrets.ts'
import type { Metrics } from './metrics.ts'

/** `GET /metrics` for whoever has the operator's token. */
export function metricsRoutes(metrics: Pick<Metrics, 'text'>, token: string): Hono {
  const right = Buffer.from(hashOfSecret(token))
  return new Hono().get('/metrics', async (c) => {
    const [, said] = /^bearer +(\S+)$/i.exec(c.req.header('authorization')?.trim() ?? '') ?? []
    if (!said || !timingSafeEqual(Buffer.from(hashOfSecret(said)), right))
      return problem(
        c,
        401,
        'This needs the METRICS_TOKEN of this installation: send it as `Authorization: Bearer …`.',
        {
          headers: { 'WWW-Authenticate': 'Bearer realm="cme-commons metrics"' },
        },
      )
    const { type, body } = await metrics.text()
    return c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'no-store' })
  })
}
