type Json = Record<string, unknown>
export type Difference = { created: string[]; changed: string[]; removed: string[] }

/** What the API says when a field was left out; a field with this value says nothing. */
const DEFAULTS: Json = {
  type: 1,
  required: false,
  autocomplete: false,
  nsfw: false,
  dm_permission: true,
  default_permission: true,
  default_member_permissions: null,
  handler: null,
  description: '',
}
/** What the API adds on its own. */
const SERVER_MADE = new Set(['id', 'application_id', 'guild_id', 'version', 'name_localized', 'description_localized'])

/**
 * What registering `ours` would create, change and remove, each by what a person calls it. What the API fills in by itself counts
 * as the same; so does the order in which contexts and the like are told.
 */
export function difference(registered: readonly object[], ours: readonly object[]): Difference {
  const [before, after] = [byName(registered), byName(ours)]
  return {
    created: [...after.keys()].filter((name) => !before.has(name)),
    changed: [...after.keys()].filter((name) => before.has(name) && before.get(name) !== after.get(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
  }
}

export const isSame = ({ created, changed, removed }: Difference): boolean =>
  created.length + changed.length + removed.length === 0

/** Commands by name and, for those that have subcommands, each of these by its own: `/cme digest start`. */
function byName(commands: readonly object[]): Map<string, string> {
  const all = new Map<string, string>()
  const add = (name: string, { options, ...rest }: Json) => {
    const subs = list(options).filter((option) => option.type === 1 || option.type === 2)
    const own = subs.length > 0 ? { ...rest, order: subs.map((sub) => sub.name) } : { ...rest, options }
    all.set(name, JSON.stringify(normal(own)))
    for (const sub of subs) add(`${name} ${String(sub.name)}`, { ...sub, type: `sub ${String(sub.type)}` })
  }
  for (const command of commands as Json[]) add(calledBy(command), command)
  return all
}

const calledBy = ({ name, type = 1 }: Json): string =>
  type === 1 ? `/${String(name)}` : `“${String(name)}” on a ${type === 2 ? 'person' : 'message'}`

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])

function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    const all = value.map(normal)
    return all.every((one) => typeof one === 'number') ? all.sort() : all
  }
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, one]) => !SERVER_MADE.has(name) && !saysNothing(name, one))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, name === 'default_member_permissions' ? String(one) : normal(one)]),
  )
}

const saysNothing = (name: string, value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (Object.hasOwn(DEFAULTS, name) && DEFAULTS[name] === value) ||
  (typeof value === 'object' && Object.keys(value).length === 0)
