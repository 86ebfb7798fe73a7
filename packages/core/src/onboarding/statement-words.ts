import type { Provenance } from '../knowledge/knowledge.ts'
import { em, type Span, type Text, t } from '../text.ts'

/** The AMA's name for its credit, in italics and with its mark. Without a number it keeps the template's own "(s)". */
export const creditName = (credits?: number): Span[] => [
  em(`AMA PRA Category 1 Credit${credits === undefined ? '(s)' : credits === 1 ? '' : 's'}`),
  '™',
]

const ACCME = 'Accreditation Council for Continuing Medical Education (ACCME)'

/**
 * The wording that accreditors ask for word for word. Names are set in as plain text; nothing else may be changed. `accreditor` is
 * the ACCME, or the state medical society that accredits the provider.
 */
export const STATEMENT_TEMPLATES = {
  direct: (provider: string, accreditor = ACCME): Text =>
    t`The ${bare(provider)} is accredited by the ${bare(accreditor)} to provide continuing medical education for physicians.`,
  joint: (provider: string, partner: string, accreditor?: string): Text =>
    t`This activity has been planned and implemented in accordance with the accreditation requirements and policies of the ${bare(accreditor ?? ACCME)} through the joint providership of ${provider} and ${partner}. The ${bare(provider)} is accredited by the ${bare(accreditor ?? 'ACCME')} to provide continuing medical education for physicians.`,
  ja: (provider: string): Text =>
    t`In support of improving patient care, ${provider} is jointly accredited by the ${ACCME}, the Accreditation Council for Pharmacy Education (ACPE), and the American Nurses Credentialing Center (ANCC), to provide continuing education for the healthcare team.`,
  jaPlanned: (provider: string, partner: string): Text =>
    t`This activity has been planned and implemented by ${provider} and ${partner}. `,
  ipce: (credits: string): Text =>
    t`This activity was planned by and for the healthcare team, and learners will receive ${credits} Interprofessional Continuing Education (IPCE) credit for learning and change.`,
  designation: (provider: string, wording: string, credits: string): Text =>
    t`The ${bare(provider)} designates this ${wording} for a maximum of ${credits} ${creditName()}. Physicians should claim only the credit commensurate with the extent of their participation in the activity.`,
  eaccme: (event: string, place: string, days: string, credits: string): Text =>
    t`${event}, ${place}, ${days} has been accredited by the European Accreditation Council for Continuing Medical Education (EACCME®) with ${credits} European CME credits (ECMEC®s). Each medical specialist should claim only those hours of credit that he/she actually spent in the educational activity.`,
  amaClause: (): Text =>
    t`Through an agreement between the Union Européenne des Médecins Spécialistes and the American Medical Association, physicians may convert EACCME® credits to an equivalent number of ${creditName(2)}. Information on the process to convert EACCME® credit to AMA credit can be found at https://edhub.ama-assn.org/pages/applications`,
}

/** A name after "The": one that brings its own article loses it. */
const bare = (name: string): string => name.replace(/^the\s+/i, '')

/** What to know about the AMA clause before one uses it. */
export const AMA_CLAUSE: Provenance & { says: string } = {
  says: 'The agreement was last seen renewed in 2022 for four years, so its term nominally ends in 2026. Ask UEMS-EACCME whether it is in force before you print this clause. The physician applies to the AMA for the conversion and pays a fee.',
  source: 'eaccme.uems.eu, page on the agreement with the AMA',
  checked: '2026-11-23',
  confidence: 'uncertain',
}
