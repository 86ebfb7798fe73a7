import { lastTryChange, tryMessages } from '@cme-commons/db'
import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { bell } from './bell.ts'
import type { TryHouse } from './house.ts'
import { messageJson } from './json.ts'
import { channelsOf, everybody, type Person, TRY_SPACE } from './space.ts'

/** Another process may deliver, whose bell is not ours: look again this often. */
const LOOK_AGAIN = 3_000

/** Server-sent events: a `message` for each line that is new or changed, with its `seq` as id, and a `clock` when it was moved. */
export const eventRoute =
  (house: TryHouse) => (c: Context<{ Variables: { who: Person; after: number | undefined } }>) => {
    const { who, after } = c.var
    c.header('X-Accel-Buffering', 'no')
    return streamSSE(c, (stream) => tell(house, stream, who, after))
  }

async function tell(house: TryHouse, stream: SSEStreamingApi, who: Person, from: number | undefined) {
  const rings = bell(house.db)
  stream.onAbort(rings.stop)
  let after = from ?? (await lastTryChange(house.db.read))
  let skew = clockSkew(house)
  await stream.write(': connected\n\n')
  while (!stream.aborted && !stream.closed) {
    after = await tellLines(house, stream, who, after)
    if (Math.abs(clockSkew(house) - skew) > 2_000) {
      skew = clockSkew(house)
      await stream.writeSSE({ event: 'clock', data: JSON.stringify({ now: house.now(), moved: house.moved() }) })
    }
    await rings.wait(LOOK_AGAIN)
    if (!stream.aborted) await stream.write(': still here\n\n')
  }
}

/** How far the try-out time is from real time, in milliseconds. */
const clockSkew = (house: TryHouse): number => Date.parse(house.now()) - Date.now()

async function tellLines(house: TryHouse, stream: SSEStreamingApi, who: Person, after: number): Promise<number> {
  const channels = (await channelsOf(house.db.read, who)).map((channel) => channel.id)
  const lines = await tryMessages(house.db.read, { space: TRY_SPACE, reader: who.id, channels, after })
  if (lines.length === 0) return after
  const people = await everybody(house.db.read)
  for (const line of lines)
    await stream.writeSSE({ id: String(line.seq), data: JSON.stringify(messageJson(line, people)) })
  return lines.at(-1)!.seq
}
