import type { Scope } from '@cme-commons/core'
import type { Context } from 'hono'
import { problem } from '../problem.ts'
import { beyondScope, type Caller, callerOf } from './caller.ts'
import type { ApiHouse } from './house.ts'

/** Who may do an operation, as the document declares it under `x-access`: the matrix test holds every operation to it. */
export const ACCESS = {
  anyone: { says: 'Anybody, without a token.' },
  wider: { says: 'Anybody; a token adds what belongs to its space.' },
  token: { says: 'Any token that holds.', scope: 'read' },
  own: { says: 'A member’s own token (`progress`): it reaches her alone.', scope: 'progress', named: true },
  reach: {
    says: 'A member’s own token (`progress`) reaches herself; with `moderate`, the members of its space.',
    scope: 'progress',
  },
  moderator: { says: 'A token with `moderate`: it reaches its space alone.', scope: 'moderate' },
  signed: {
    says: 'A moderator’s own token (`moderate`, made with `--member`), because each change is kept with who made it.',
    scope: 'moderate',
    named: true,
  },
  admin: { says: 'A token with `admin`: it reaches its space alone.', scope: 'admin' },
} as const satisfies Record<string, { says: string; scope?: Scope; named?: true }>

export type Access = keyof typeof ACCESS
type Rule = { says: string; scope?: Scope; named?: true }

type Declared = { 'x-access': Access; 'x-access-says': string; security?: Record<string, string[]>[] }

/** What an operation with this access declares in the document. */
export const declared = (access: Access): Declared => {
  const { says, scope }: Rule = ACCESS[access]
  return {
    'x-access': access,
    'x-access-says': says,
    ...(access === 'wider' ? { security: [{}, { token: ['read'] }] } : scope ? { security: [{ token: [scope] }] } : {}),
  }
}

/** The caller of an operation with this access, nobody where none is asked for, or the answer that refuses. */
export async function admitted(c: Context, house: ApiHouse, access: Access): Promise<Caller | undefined | Response> {
  const { scope, named }: Rule = ACCESS[access]
  if (access === 'anyone') return undefined
  if (access === 'wider' && c.req.header('authorization') === undefined) return house.gate?.count(c)
  const caller = await callerOf(c, house)
  if (caller instanceof Response) return caller
  // A scope for reading a space's dates stands below all others, so that any token will do.
  if (scope && scope !== 'read' && !caller.may(scope)) return beyondScope(c, scope)
  if (named && caller.member === undefined)
    return problem(
      c,
      403,
      'This needs a token of somebody’s own, since it is kept who did it: `cme token add --member …` makes one.',
    )
  return caller
}
