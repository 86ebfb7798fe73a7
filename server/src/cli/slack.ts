import { type Command, Option } from 'commander'
import { readConfig } from '../config.ts'
import { checkPlatform } from './check-platform.ts'
import { Refusal } from './refusal.ts'

type ManifestOptions = { mode: 'socket' | 'http'; url?: string; tokenRotation?: boolean }

/** `slack`: what an administrator does before and after the app is in Slack. The bot's libraries are loaded when they are used. */
export function slackCommand(program: Command): Command {
  const slack = program.command('slack').description('The Slack app')
  slack
    .command('manifest')
    .description('The app as the manifest that Slack makes it from, as JSON')
    .addOption(
      new Option('--mode <mode>', 'socket needs no public address; http does')
        .choices(['socket', 'http'])
        .default('socket'),
    )
    .option('--url <url>', 'the public address for http (PUBLIC_URL when not given)')
    .option('--token-rotation', 'tokens that end after twelve hours; Slack never lets an app go back')
    .action(async ({ mode, url, tokenRotation }: ManifestOptions) => {
      const { manifest } = await import('@cme-commons/slack')
      const at = mode === 'http' ? publicAddress(url ?? readConfig().site) : undefined
      console.log(JSON.stringify(manifest({ mode, url: at, rotation: tokenRotation }), null, 2))
    })
  slack
    .command('check')
    .description('Asks Slack whether the token works, what the app may do, and where it can post')
    .action(() => checkPlatform('slack'))
  return slack
}

/** Slack sends to https alone; a server beside this one, for trying out, may do without. */
function publicAddress(url: string): string {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' }
  const near = protocol === 'http:' && /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname)
  if (protocol !== 'https:' && !near)
    throw new Refusal(
      '--mode http needs the https address under which Slack reaches the server: --url https://cme.example.org.',
    )
  return url
}
