import { isZone } from '@cme-commons/core'

/** Where a wall time is: minutes east of Greenwich, or a zone with rules. */
export type Zone = number | string

const MINUTES: Record<string, number> = {
  ...{
    z: 0,
    ut: 0,
    utc: 0,
    gmt: 0,
    wet: 0,
    west: 60,
    bst: 60,
    cet: 60,
    cest: 120,
    met: 60,
    mest: 120,
    mez: 60,
    mesz: 120,
  },
  ...{ eet: 120, eest: 180, msk: 180, msd: 240, trt: 180, sast: 120, cat: 120, eat: 180, wat: 60, gst: 240, pkt: 300 },
  ...{
    ist: 330,
    npt: 345,
    ict: 420,
    wib: 420,
    hkt: 480,
    sgt: 480,
    awst: 480,
    jst: 540,
    kst: 540,
    acst: 570,
    acdt: 630,
  },
  ...{ aest: 600, aedt: 660, nzst: 720, nzdt: 780, nst: -210, ndt: -150, at: -240, ast: -240, adt: -180, est: -300 },
  ...{ edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420, akst: -540, akdt: -480, hst: -600 },
  ...{ brt: -180, brst: -120, art: -180, clt: -240, clst: -180, cot: -300, pet: -300, vet: -240 },
}
/** Names without a season: the clocks people there go by. */
const RULED: Record<string, string> = {
  et: 'America/New_York',
  ct: 'America/Chicago',
  mt: 'America/Denver',
  pt: 'America/Los_Angeles',
}

/**
 * The zone in the text after a time: an offset (`+0200`, `GMT-5`, `+05:30`), an IANA name, a usual abbreviation, or one of RFC
 * 822's letters, which run as that document has them (A is -1, N is +1). An offset outweighs a name. Unknown names are nothing.
 */
export function zoneIn(text: string): Zone | undefined {
  const named = /\b[A-Z][A-Za-z]+(?:\/[A-Za-z][\w+-]*){1,2}/.exec(text)?.[0]
  const numeric = /(?:^|[^\w/])(?:UTC?|GMT|Z)?\s*([+\-\u2212])(\d{1,2})(?::?(\d{2}))?(?::\d{2})?(?![\d:]*\d)/i.exec(
    named ? text.replace(named, ' ') : text,
  )
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0)
    if (minutes <= 14 * 60 + 59 && Number(numeric[3] ?? 0) < 60) return numeric[1] === '+' ? minutes : -minutes
  }
  if (named && isZone(named)) return named
  for (const [word] of text.matchAll(/[A-Za-z]+/g)) {
    const key = word.toLowerCase()
    if (Object.hasOwn(MINUTES, key)) return MINUTES[key]
    if (Object.hasOwn(RULED, key)) return RULED[key]
    if (key.length === 1 && word === word.toUpperCase() && key !== 'j' && key !== 't') return letter(key)
  }
  return undefined
}

/** Minutes for a military letter in RFC 822's reading. */
function letter(key: string): number {
  const at = 'abcdefghiklm'.indexOf(key)
  return at >= 0 ? -(at + 1) * 60 : ('nopqrstuvwxy'.indexOf(key) + 1) * 60
}
