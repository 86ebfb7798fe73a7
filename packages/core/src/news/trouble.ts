/** Why a source could not be read, in classes that back off and are told differently. `say` is one plain sentence with what to do. */
export type Trouble = {
  kind:
    | 'bad-address'
    | 'private-address'
    | 'dns'
    | 'tls'
    | 'connect'
    | 'timeout'
    | 'http-4xx'
    | 'http-5xx'
    | 'rate-limited'
    | 'gone'
    | 'blocked'
    | 'too-large'
    | 'redirects'
    | 'not-a-feed'
    | 'bad-xml'
    | 'parser-stopped'
    | 'page-changed'
  say: string
  status?: number
  /** Seconds the server asked us to wait. */
  retryAfter?: number
}
