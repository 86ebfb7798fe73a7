/** What a member can be in a space besides a member: mentors review mock activities, moderators also lead the community. */
export type Role = 'moderator' | 'mentor'
export const ROLES: readonly Role[] = ['moderator', 'mentor']
export const isRole = (said: string): said is Role => ROLES.some((role) => role === said)
