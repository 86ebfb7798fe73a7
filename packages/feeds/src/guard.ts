import { lookup as systemLookup } from 'node:dns'
import { isIP } from 'node:net'
import type { Trouble } from '@cme-commons/core'
import ipaddr from 'ipaddr.js'
import { trouble } from './trouble.ts'

type Address = { address: string; family: number }
/** Resolves a host name to all its addresses, as `dns.lookup` does with `all: true`. */
export type Lookup = (
  host: string,
  options: { all: true; family?: number | string; hints?: number },
  done: (error: Error | null, addresses: Address[]) => void,
) => void

export const lookupAll: Lookup = (host, options, done) =>
  systemLookup(host, { ...options, family: 0, all: true }, (error, addresses) => done(error, addresses as Address[]))

/** What the operator lets through although it is private or on another port. */
export type Allowed = {
  host(host: string, port: number): boolean
  address(address: string): boolean
  /** True when any address range is allowed, so that a name's port can only be judged once it is resolved. */
  ranges: boolean
}

/** Reads the allow-list: `host`, `host:port`, `[v6]:port`, an address, or `ip/bits`. Entries that make no sense allow nothing. */
export function allowed(entries: readonly string[]): Allowed {
  const hosts = new Set<string>()
  const ranges: [ipaddr.IPv4 | ipaddr.IPv6, number][] = []
  for (const entry of entries.map((text) => text.trim().toLowerCase()).filter(Boolean)) {
    if (ipaddr.isValidCIDR(entry)) ranges.push(ipaddr.parseCIDR(entry))
    else hosts.add(isIP(entry) === 6 ? `[${entry}]` : entry)
  }
  return {
    host: (host, port) => hosts.has(host) || hosts.has(`${host}:${port}`),
    ranges: ranges.length > 0,
    address: (address) => {
      if (!ipaddr.isValid(address)) return false
      const parsed = ipaddr.process(address)
      return ranges.some(([range, bits]) => parsed.kind() === range.kind() && parsed.match(range as never, bits))
    },
  }
}

/** The IPv4 address inside an IPv6 one that only wraps it (mapped, compatible, NAT64, 6to4, Teredo, ISATAP). */
function wrapped(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const bytes = address.toByteArray()
  const at = (start: number) => new ipaddr.IPv4(bytes.slice(start, start + 4))
  const range = address.range()
  if (range === 'ipv4Mapped' || range === 'rfc6145') return at(12)
  if (range === 'rfc6052' && bytes[4] === 0 && bytes[5] === 0) return at(12)
  if (range === '6to4') return at(2)
  if (range === 'teredo') return new ipaddr.IPv4(bytes.slice(12).map((byte) => byte ^ 0xff))
  if (bytes.slice(0, 12).every((byte) => byte === 0) && range === 'unicast') return at(12)
  if (bytes[10] === 0x5e && bytes[11] === 0xfe && bytes[9] === 0 && (bytes[8]! & 0xfd) === 0) return at(12)
  return undefined
}

/** True for an address of the public internet. An IPv6 address that carries an IPv4 one is as public as what it carries. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.kind() === 'ipv4') return parsed.range() === 'unicast'
  const inner = wrapped(parsed as ipaddr.IPv6)
  return inner ? inner.range() === 'unicast' : parsed.range() === 'unicast'
}

const bare = (host: string) => (host.startsWith('[') ? host.slice(1, -1) : host)
const portOf = (url: URL) => Number(url.port) || (url.protocol === 'https:' ? 443 : 80)

const privateAddress = (host: string): Trouble =>
  trouble(
    'private-address',
    `The address ${host} belongs to a private network; use a public address, or let the operator allow this host.`,
  )

const badPort = (port: number): Trouble =>
  trouble('bad-address', `Port ${port} may not be read; only 80 and 443, or what the operator allows.`)
const usual = (port: number) => port === 80 || port === 443

/** What is wrong with an address before anything is looked up, or nothing. Called for the first address and for each redirect. */
export function addressTrouble(url: URL, allow: Allowed): Trouble | undefined {
  const port = portOf(url)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return trouble('bad-address', `Only http and https addresses can be read, not ${url.protocol} ones.`)
  if (url.username || url.password)
    return trouble('bad-address', 'The address holds a user name or password; use one without.')
  if (!url.hostname) return trouble('bad-address', 'The address names no host; check it.')
  if (allow.host(url.hostname, port)) return undefined
  const literal = isIP(bare(url.hostname)) !== 0
  if (literal && allow.address(bare(url.hostname))) return undefined
  if (literal && !isPublic(bare(url.hostname))) return privateAddress(url.hostname)
  return usual(port) || (allow.ranges && !literal) ? undefined : badPort(port)
}

/** What is wrong with the addresses a host name resolved to, or nothing. One private address among them refuses all. */
export function resolvedTrouble(host: string, port: number, found: readonly string[], allow: Allowed) {
  if (allow.host(host, port) || found.every((address) => allow.address(address))) return undefined
  if (!found.every((address) => isPublic(address) || allow.address(address))) return privateAddress(host)
  return usual(port) ? undefined : badPort(port)
}
