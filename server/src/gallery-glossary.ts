import {
  explain,
  explainCard,
  glossaryCard,
  type Knowledge,
  lookup,
  termCard,
  unknownTermCard,
} from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const PASTED = `Dear colleague, our congress has applied to EACCME for 12 ECMECs. Can our US members convert them to AMA PRA Category 1
Credits™ themselves, and do we need PARS for it? We met at the GAME meeting; ACCME people were there, too.`
const LONG = `${PASTED} SACME CHCP JCEHP IPCE JA-PARS ABMS FSMB REMS LMS SCORM xAPI LTI WCAG UEMS EBAC CACME RCPSC CFPC IACPDA`

/** Every view of the glossary. */
export function glossaryViews({ glossary }: Knowledge): Shown[] {
  const what = (said: string, region?: string) => {
    const { found, near } = lookup(glossary, said, region)
    return found.length > 0 ? termCard(found, glossary) : unknownTermCard(said, near, glossary)
  }
  return [
    { view: 'glossary', card: glossaryCard(glossary) },
    { view: 'glossary/term', card: what('ECMEC') },
    { view: 'glossary/well-known', card: what('MATE Act') },
    { view: 'glossary/several', card: what('MOC', 'ca') },
    { view: 'glossary/by-name', card: what('american board of') },
    { view: 'glossary/near', card: what('ECMED') },
    { view: 'glossary/unknown', card: what('flux capacitor') },
    { view: 'explain', card: explainCard(explain(glossary, PASTED, 'eu'), glossary) },
    { view: 'explain/more', card: explainCard(explain(glossary, LONG, 'us'), glossary) },
    { view: 'explain/nothing', card: explainCard([], glossary) },
  ]
}
