import { readFileSync } from 'node:fs'
import { PermissionFlagsBits } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { inviteUrl, missingPermissions, permissionBits, permissions } from './permissions.ts'

test('the invitation asks for exactly the permissions in use, and for no privileged intent', () => {
  const url = new URL(inviteUrl({ api: 'http://127.0.0.1:9/api', applicationId: '42' }))
  expect(url.origin + url.pathname).toBe('http://127.0.0.1:9/oauth2/authorize')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: '42',
    scope: 'bot applications.commands',
    permissions: String(permissionBits()),
  })
  expect(permissionBits() & PermissionFlagsBits.Administrator).toBe(0n)
})

test('what is missing is told; an administrator misses nothing', () => {
  const has = permissionBits() & ~PermissionFlagsBits.ManageRoles
  expect(missingPermissions(has).map(({ name }) => name)).toEqual(['Manage Roles'])
  expect(missingPermissions(has, ['messages', 'threads'])).toEqual([])
  expect(missingPermissions(PermissionFlagsBits.Administrator)).toEqual([])
})

test('the page for those who install it has the same table', () => {
  const page = readFileSync(new URL('../../../docs/discord.md', import.meta.url), 'utf8')
  const rows = page.split('\n').flatMap((line) => {
    const [, name, bit, why, without] = /^\| \*\*(.+?)\*\* +\| 1 << (\d+) +\| (.+?) +\| (.+?) +\|$/.exec(line) ?? []
    return name ? [{ name, bit: 1n << BigInt(bit!), why, without }] : []
  })
  expect(rows).toEqual(permissions.map(({ name, bit, why, without }) => ({ name, bit, why, without })))
})
