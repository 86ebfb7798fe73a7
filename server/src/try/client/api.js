/** A sentence for the person: what the server said was wrong, or that it did not answer. */
export class Trouble extends Error {}

/** Asks the JSON side; every failure becomes a `Trouble` whose message can be shown. */
export async function call(path, body) {
  let response
  try {
    response = await fetch(
      `/try/${path}`,
      body === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
          },
    )
  } catch {
    throw new Trouble(
      'The server does not answer. Is it still running? Start it again with npm start, then try once more.',
    )
  }
  const answer = await response.json().catch(() => undefined)
  if (response.ok && answer) return answer
  throw new Trouble(answer?.detail ?? `The server answered ${response.status}. Reload the page and try once more.`)
}

/**
 * Listens for what arrives for `as` after `after`. `heard` gets each message or clock, `live` whether the line is up. The browser
 * reconnects by itself and names the last event it saw, so nothing is missed. Returns how to stop.
 */
export function listen(as, after, { message, clock, live }) {
  const source = new EventSource(`/try/events?as=${encodeURIComponent(as)}&after=${after}`)
  source.addEventListener('open', () => live(true))
  source.addEventListener('error', () => live(false))
  source.addEventListener('message', (event) => message(JSON.parse(event.data)))
  source.addEventListener('clock', (event) => clock(JSON.parse(event.data)))
  return () => source.close()
}
