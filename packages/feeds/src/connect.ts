import { isIP } from 'node:net'
import { buildConnector } from 'undici'
import { type Allowed, addressTrouble, type Lookup, resolvedTrouble } from './guard.ts'
import { troubleError } from './trouble.ts'

/**
 * An undici connector that opens a socket only to addresses the guard lets through. The check sits where the socket is
 * made, on the addresses it will use, so neither number spellings of an address nor a name that changes its answer get past.
 */
export function guardedConnector(allow: Allowed, lookup: Lookup, timeoutMs: number): buildConnector.connector {
  return (options, callback) => {
    const host = isIP(options.hostname) === 6 ? `[${options.hostname}]` : options.hostname
    const url = new URL(`${options.protocol}//${host}${options.port ? `:${options.port}` : ''}`)
    const refused = addressTrouble(url, allow)
    if (refused) return callback(troubleError(refused), null)
    const port = Number(url.port) || (options.protocol === 'https:' ? 443 : 80)
    const connect = buildConnector({
      allowH2: false,
      timeout: timeoutMs,
      lookup: checkedLookup(url.hostname, port, allow, lookup),
    } as buildConnector.BuildOptions)
    connect(options, callback)
  }
}

type Answer = (error: Error | null, address?: unknown, family?: number) => void

function checkedLookup(host: string, port: number, allow: Allowed, lookup: Lookup) {
  return (name: string, options: { all?: boolean; family?: number | string; hints?: number }, answer: Answer) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error) return answer(error)
      if (!addresses.length) return answer(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }))
      const found = addresses.map(({ address }) => address)
      const refused = resolvedTrouble(host, port, found, allow)
      if (refused) return answer(troubleError(refused))
      if (options.all) return answer(null, addresses)
      answer(null, addresses[0]!.address, addresses[0]!.family)
    })
  }
}
