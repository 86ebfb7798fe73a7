/**
 * What moderators set for their space. Channels and roles are the platform's own ids. `news` is where the first digest goes,
 * `moderators` where the product tells them what needs a person, `fallback` where a private thread is opened for who takes no direct
 * messages. `trackChannels` and `trackRoles` are by track id; `moderatorRole` and `mentorRole` exist on Discord alone.
 */
export type SpaceSettings = {
  zone: string
  news?: string
  moderators?: string
  fallback?: string
  moderatorRole?: string
  mentorRole?: string
  trackChannels: Readonly<Record<string, string>>
  trackRoles: Readonly<Record<string, string>>
}
