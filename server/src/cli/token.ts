import { DAY, plainMoment, plus, SCOPES, type Scope } from '@cme-commons/core'
import {
  addToken,
  allSpaces,
  audit,
  findMember,
  findSpace,
  inTx,
  listTokens,
  memberById,
  type Read,
  revokeToken,
  type TokenTable,
  userIn,
} from '@cme-commons/db'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { House } from '../house.ts'
import { hashOfSecret, newSecret } from '../secrets.ts'
import { Refusal } from './refusal.ts'
import { withHouse } from './with-house.ts'

/** Who a change by a command is told of as, in the audit. */
const ACTOR = 'command line'
const LONGEST = 366

type Add = { space: string; member?: string; scope: Scope; days: number; json?: boolean }

/** `token add|list|revoke`: keys to the API. */
export function tokenCommand(program: Command): Command {
  const token = program.command('token').description('Add, list or revoke keys to what the API does not tell everybody')
  token
    .command('add')
    .description('Make a token; its secret is shown once')
    .requiredOption('--space <id>', 'the space it belongs to')
    .option('--member <id>', 'whose own it is: the platform’s id of a member, or ours (m1)')
    .addOption(
      new Option('--scope <scope>', 'what it opens; each opens what those before it open')
        .choices(SCOPES)
        .makeOptionMandatory(),
    )
    .option('--days <n>', `how long it holds, up to ${LONGEST}`, days, 90)
    .option('--json', 'one JSON object')
    .action((options: Add) => withHouse((house) => add(house, options)))
  token
    .command('list')
    .description('All tokens with what became of them; never a secret')
    .option('--space <id>', 'only those of a space')
    .option('--json', 'one JSON object a line')
    .action(({ space, json }: { space?: string; json?: boolean }) =>
      withHouse(async ({ db, clock }) => {
        const tokens = await listTokens(db.read, space)
        for (const one of tokens) console.log(json ? JSON.stringify(jsonOf(one)) : lineOf(one, clock.now()))
        if (tokens.length === 0 && !json) console.log('There are no tokens.')
      }),
    )
  token
    .command('revoke')
    .description('End tokens at once')
    .argument('<id...>')
    .action((ids: string[]) => withHouse((house) => revoke(house, ids)))
  return token
}

function days(said: string): number {
  const n = Number(said)
  if (!Number.isInteger(n) || n < 1 || n > LONGEST)
    throw new InvalidArgumentError(`write a whole number of days from 1 to ${LONGEST}.`)
  return n
}

async function add({ db, clock }: House, { space, member, scope, days, json }: Add): Promise<void> {
  if (!(await findSpace(db.read, space)))
    throw new Refusal(
      `There is no space "${space}": ${(await allSpaces(db.read)).map(({ id }) => id).join(', ') || 'none is known yet'}.`,
    )
  const owner = member === undefined ? undefined : await memberIn(db.read, space, member)
  if (scope === 'progress' && !owner)
    throw new Refusal('A token with the scope progress opens a member’s own data: name the member with --member.')
  const now = clock.now()
  const secret = newSecret()
  const made = await inTx(db, async (tx) => {
    const token = await addToken(tx, {
      hash: hashOfSecret(secret),
      space,
      member: owner ?? null,
      scopes: scope,
      made_by: ACTOR,
      made_at: now,
      expires_at: plus(now, days * DAY),
    })
    const detail = `${token.id}, ${scope}, ${owner ? 'a member’s own' : 'of the space'}, until ${token.expires_at}`
    await audit(tx, { at: now, space, actor: ACTOR, what: 'token.added', detail })
    return token
  })
  if (json) return console.log(JSON.stringify({ ...jsonOf(made), secret }))
  console.log(
    `${made.id} (${scope}, until ${plainMoment(made.expires_at, 'moment', 'UTC')}). Its secret, shown only now:`,
  )
  console.log(secret)
}

/** Our id of a member by the platform's id of her, or by ours. */
async function memberIn(read: Read, space: string, said: string): Promise<string> {
  const found = (await findMember(read, space, said)) ?? (await memberById(read, said))
  if (!found || (await userIn(read, space, found.id)) === undefined)
    throw new Refusal(
      `There is no member "${said}" in ${space}: members are known once they have said something to the bot.`,
    )
  return found.id
}

async function revoke({ db, clock }: House, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const now = clock.now()
    const ended = await inTx(db, async (tx) => {
      const token = await revokeToken(tx, id, now)
      if (token) await audit(tx, { at: now, space: token.space, actor: ACTOR, what: 'token.revoked', detail: token.id })
      return token
    })
    if (!ended) throw new Refusal(`There is no token ${id} that could be ended: "cme token list" shows them all.`)
    console.log(`${id} is ended`)
  }
}

type Listed = TokenTable & { user?: string | null }

const jsonOf = ({ id, space, member, user, scopes, made_by, made_at, expires_at, used_at, revoked_at }: Listed) => ({
  id,
  space,
  member,
  user: user ?? null,
  scopes: scopes.split(','),
  madeBy: made_by,
  made: made_at,
  expires: expires_at,
  used: used_at,
  revoked: revoked_at,
})

const lineOf = ({ id, space, member, user, scopes, expires_at, used_at, revoked_at }: Listed, now: string): string =>
  [
    id.padEnd(8),
    revoked_at ? 'ended  ' : expires_at <= now ? 'expired' : 'holds  ',
    scopes.padEnd(9),
    `${space}${member ? `, ${user ?? member}` : ''}`,
    `until ${plainMoment(expires_at, 'day', 'UTC')}`,
    used_at ? `used ${plainMoment(used_at, 'moment', 'UTC')}` : 'never used',
  ].join('  ')
