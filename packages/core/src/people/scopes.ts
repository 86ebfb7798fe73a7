/**
 * What a token opens. `read`: nothing that is anybody's own; `progress`: its member's progress, documents and data; `moderate`: those of
 * every member of its space; `admin`: all that, and what belongs to whoever runs the space.
 */
export const SCOPES = ['read', 'progress', 'moderate', 'admin'] as const
export type Scope = (typeof SCOPES)[number]
