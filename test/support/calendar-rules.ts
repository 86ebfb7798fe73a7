/** The rules of RFC 5545 and 7986 that a published calendar has to keep, told from the text alone: what is broken, line by line. */
export function calendarFaults(text: string): string[] {
  const faults: string[] = []
  const fault = (line: number, say: string) => faults.push(`${line}: ${say}`)
  if (!text.endsWith('\r\n')) fault(0, 'the last line is not ended')
  const physical = text.split('\r\n').slice(0, -1)
  for (const [i, line] of physical.entries()) {
    if (Buffer.byteLength(line) > 75) fault(i + 1, `${Buffer.byteLength(line)} octets`)
    if (/[\r\n]/.test(line)) fault(i + 1, 'a bare line end')
    if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line)) fault(i + 1, 'a control character')
    if (line.includes('\ufffd') || line === '') fault(i + 1, 'a cut character, or nothing')
  }
  const open: { name: string; line: number; said: Map<string, number>; inner: boolean }[] = []
  const uids = new Set<string>()
  for (const { line, name, parameters, value } of unfolded(physical)) {
    const inside = open.at(-1)
    if (name === 'BEGIN') {
      if (inside) inside.inner = true
      open.push({ name: value, line, said: new Map(), inner: false })
      continue
    }
    if (!inside) {
      fault(line, 'outside of a calendar')
      continue
    }
    if (name === 'END') {
      if (inside.name !== value) fault(line, `END:${value} ends ${inside.name}`)
      for (const wanted of REQUIRED[inside.name] ?? [])
        if (!inside.said.has(wanted)) fault(inside.line, `${inside.name} without ${wanted}`)
      open.pop()
      continue
    }
    if (inside.inner) fault(line, `${name} after a component`)
    inside.said.set(name, (inside.said.get(name) ?? 0) + 1)
    if (inside.said.get(name)! > 1 && inside.name !== 'VCALENDAR') fault(line, `${name} twice`)
    if (name === 'UID') {
      if (uids.has(value)) fault(line, `the UID ${value} twice`)
      uids.add(value)
    }
    const form = FORMS[name]
    if (!form) fault(line, `${name} is none of ours`)
    else if (!form.test(parameters ? `${parameters}:${value}` : value))
      fault(line, `${name} is written wrong: ${value}`)
  }
  if (open.length > 0) fault(physical.length, 'not ended')
  return faults
}

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  VCALENDAR: ['VERSION', 'PRODID', 'NAME', 'REFRESH-INTERVAL'],
  VEVENT: ['UID', 'DTSTAMP', 'DTSTART', 'SEQUENCE', 'STATUS', 'SUMMARY', 'LAST-MODIFIED'],
  VALARM: ['ACTION', 'TRIGGER', 'DESCRIPTION'],
}
/** Text: a backslash only before `\`, `;`, `,` and `n`; the others only behind one. */
const TEXT = /^(?:[^\\;,]|\\[\\;,n])*$/
const MOMENT = /^\d{8}T\d{6}Z$/
const DAY_OR_MOMENT = /^(?:VALUE=DATE:\d{8}|\d{8}T\d{6}Z)$/
const URI = /^https?:\/\/[^\s"<>]+$/
const FORMS: Readonly<Record<string, RegExp>> = {
  VERSION: /^2\.0$/,
  PRODID: TEXT,
  CALSCALE: /^GREGORIAN$/,
  NAME: TEXT,
  'X-WR-CALNAME': TEXT,
  DESCRIPTION: TEXT,
  'X-WR-CALDESC': TEXT,
  URL: URI,
  SOURCE: /^VALUE=URI:https?:\/\/\S+$/,
  'REFRESH-INTERVAL': /^VALUE=DURATION:PT\d+H$/,
  'X-PUBLISHED-TTL': /^PT\d+H$/,
  UID: /^[\w.-]+@cme-commons$/,
  DTSTAMP: MOMENT,
  'LAST-MODIFIED': MOMENT,
  SEQUENCE: /^\d+$/,
  DTSTART: DAY_OR_MOMENT,
  DTEND: DAY_OR_MOMENT,
  SUMMARY: /^(?![=+@-])(?:[^\\;,]|\\[\\;,n])+$/,
  LOCATION: TEXT,
  CATEGORIES: TEXT,
  STATUS: /^(?:CONFIRMED|TENTATIVE|CANCELLED)$/,
  TRANSP: /^TRANSPARENT$/,
  ACTION: /^DISPLAY$/,
  TRIGGER: /^(?:RELATED=END:)?(?:PT0S|-P\d+D|-PT\d+[HM])$/,
}

function unfolded(physical: readonly string[]) {
  const lines: { line: number; text: string }[] = []
  for (const [i, text] of physical.entries()) {
    const last = lines.at(-1)
    if (last && text.startsWith(' ')) last.text += text.slice(1)
    else lines.push({ line: i + 1, text })
  }
  return lines.map(({ line, text }) => {
    const [, name = '', parameters = '', value = ''] = /^([A-Z-]+)(?:;([^:]*))?:(.*)$/s.exec(text) ?? []
    return { line, name, parameters, value }
  })
}
